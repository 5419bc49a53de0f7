"""The small words of English questions, by what they do in a sentence.

Nothing here belongs to one field or one set of documents; a word of neither list is taken for
a noun or an adjective.
"""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PREPOSITIONS = _set(
    "with without in at on for after before under by of against to from among during between over"
    " versus vs than per since until within across about into through as via near around despite"
    " given receiving taking using following compared including"
)
AGENT_PREPOSITIONS = _set("with without on under given receiving taking using versus vs by")
COMPARING = _set("versus vs than compared against")
DETERMINERS = _set(
    "the a an this that these those each every any some all both no its their his her another same"
)
BE = _set("is are was were")
HAVE = _set("has have had")
DO = _set("do does did can could will would should may might must")
AUXILIARIES = BE | HAVE | DO
ASKING_WORDS = _set("what which who whom whose when where why how")
ORDERS = _set(
    "name list describe explain define tell give compare summarise summarize show write translate"
    " ignore forget print calculate find search say repeat"
)
PRONOUNS = _set("it they them he she i we you me us ones there")
CONJUNCTIONS = _set("and or but nor")
ADVERBS = _set(
    "also still again too fully ever yet not never only just really well then much very even back"
    " already early often long there now so likely more less most least better worse up"
    " down be being been out"
)
PEOPLE = _set(
    "patients patient people persons person adults adult children child women woman men man"
    " recipients recipient participants participant volunteers subjects teenagers adolescents"
    " infants babies elderly seniors males females boys girls survivors carriers smokers mothers"
    " mice rats monkeys animals dogs pigs pupils students workers nurses doctors kid kids teens"
    " toddlers newborns veterans users human humans primates cat cats rabbits ferrets sheep horses"
    " cattle cows goats"
)
DEFINITE_PEOPLE = _set("patients participants volunteers subjects recipients animals mice")
"""People that a question speaks of only once they have been spoken of."""
STUDIES = _set(
    "trial trials study studies survey surveys registry experiment programme program cohort"
)
ARMS = _set("arm arms group groups cohort")
STUDY_ADJECTIVES = _set("ongoing other clinical new recent completed further any more randomised")
DRUG_NOUNS = _set(
    "drug antibody agent treatment therapy compound medicine medication vaccine product device"
    " molecule substance"
)
DISEASE_NOUNS = _set("disease condition disorder illness indication")
CONTROLS = _set("placebo sham vehicle control controls comparator standard")
COMPARATORS = CONTROLS | _set(
    "aspirin insulin lithium steroids chemotherapy surgery radiotherapy tac"
)
ORGANS = _set("kidney liver heart lung eye skin bowel bone pancreas brain joint renal hepatic")
PLACES = _set(
    "ward clinic hospital department province district village nursery school region reef island"
)
"""Where something is done or seen, told by a noun."""
SYMPTOMS = _set("pain headache headaches nausea fatigue symptoms bleeding itch cough")
STATISTICS = _set("p-value value interval ratio ci error deviation difference significance")
PROPERTIES = _set(
    "half-life mechanism target dose doses dosing dosage price cost costs shelf life structure"
    " safety tolerability sponsor funding name maker manufacturer origin source approval status"
    " reasons reason clearance bioavailability absorption metabolism excretion weight size"
    " colour design route"
    " schedule purpose aim limitations conclusion conclusions storage interactions effects"
    " contraindications isotype affinity number sample"
)
"""What a thing has whatever the time at which it is looked at."""
OUTCOMES = _set(
    "efficacy effectiveness response responses remission relapse relapses survival mortality"
    " death deaths rejection infection infections malignancies malignancy events event endpoint"
    " endpoints outcome outcomes rate rates results result loss nausea headache headaches pain"
    " fatigue score scores symptoms flares progression recurrence hospitalisations bleeding"
    " toxicity antibodies yield biopsies findings discontinuations dropouts withdrawals change"
    " quality reduction improvement improvements benefit benefits incidence prevalence"
)
EVENTS = _set(
    "remission response relapse survival mortality death rejection infection malignancy event loss"
    " recurrence hospitalisation bleeding discontinuation dropout withdrawal"
)
"""What happens to people or does not, in the singular; a measure falls, an event occurs."""
HAPPENINGS = EVENTS | _set(
    "effect reaction flare headache nausea toxicity malignancy infection attack bleeding problem"
    " complication fever rash symptom"
)
"""What comes on, passes off, and is mild or severe."""
CLEFT = re.compile(
    r"\b(?:is|was)\s+it(?=\s+(?:really\s+|just\s+|only\s+)?(?:the|an?)\s+[\w-]+(?:\s[\w-]+)?\s+(?:that|which"
    r"|who)\b)",
    re.IGNORECASE,
)
"""The "it" of "was it the drug that did so?", which stands for nothing."""
FLUIDS = _set("blood urine serum plasma sputum stool saliva tears sweat milk tissue")
"""Where something is measured, which is not what a question is about."""
DEGREES = {
    "primary": 1, "secondary": 1, "tertiary": 1, "main": 1,
    "low": 2, "high": 2, "lower": 2, "higher": 2, "lowest": 2, "highest": 2, "middle": 2,
    "first": 3, "second": 3, "third": 3, "last": 3, "next": 3,
    "largest": 4, "smallest": 4, "longest": 5, "shortest": 5, "best": 6, "worst": 6,
    "light": 7, "heavy": 7, "mild": 7, "moderate": 7, "severe": 7, "inner": 8, "outer": 8,
    "early": 9, "late": 9, "earlier": 10, "later": 10, "younger": 11, "older": 11, "young": 12,
    "old": 12, "minor": 13, "major": 13, "acute": 14, "chronic": 14, "male": 15, "female": 15,
    "left": 16, "right": 16, "upper": 17, "southern": 18, "northern": 18, "eastern": 18,
    "western": 18, "partial": 19, "complete": 19, "rural": 20, "urban": 20,
}  # fmt: skip
"""Adjectives that stand in each other's place, by the row they belong to."""
IRREGULAR_PAST = _set(
    "had got fell rose grew went kept lost held bore took gave saw met ran came became felt left"
    " made found began woke slept knew spent led built bled broke sank spread brought thought"
    " died survived lived did do does withheld sent paid bought sold told taught sought"
)
VERBS = _set(
    "meet kill deplete cause reduce lower increase improve work help affect block change cure heal"
    " prevent prolong delay raise cut slow speed stop start end finish begin last lead need use"
    " treat test show find report measure compare differ bind cross carry target inhibit activate"
    " suppress restore reach achieve respond relapse die survive live grow eat drink sleep make"
    " take give get have keep lose gain hold fall rise drop shrink spread bring do go come become"
    " happen occur appear fail succeed include enrol enroll exclude recruit involve contain consist"
    " receive require allow predict correlate cost weigh tolerate walk recover return recur develop"
    " discover invent sponsor fund run conduct approve permit recommend mean know say see look"
    " interact damage harm benefit influence trigger induce produce release enter leave pass reduce"
    " outperform outlast beat match exceed resist attract conduct absorb store explain define cover"
    " conclude stay remain turn set let try ask offer control protect replace cease suffer drive"
    " penetrate accumulate protect sustain support allow vary act"
)
CHANGE_VERBS = _set(
    "fall fell drop dropped rise rose change changed decline declined decrease decreased increase"
    " increased improve improved worsen worsened shrink shrank grow grew"
)
"""What is said of a measure: with nothing behind it, its subject is what was measured."""
CHANGE_NOUNS = _set("change reduction increase decrease improvement drop fall rise decline")
PLAIN_VERBS = _set(
    "block kill carry cause bind contain include exist eat tolerate receive respond die live treat"
    " inhibit cure prevent"
)
"""Verbs that are hardly ever nouns, so that they are verbs without "did" or "does" as well."""
NOT_PARTICIPLES = _set(
    "need speed seed feed breed bed red weed deed reed bleed indeed hundred shed sled"
)
PREDICATES = _set(
    "safe effective approved available toxic flammable superior inferior significant useful helpful"
    " ongoing blind complete closed licensed true possible likely able due dangerous harmful"
    " expensive cheap non-inferior reversible well in on at part common rare similar different"
    " withdrawn given shown found seen kept lost made known taken done chosen written broken paid"
    " sold bought built put run held led been not higher lower better worse larger smaller bad good"
)
"""What may be said of a subject after "is": participles without -ed, and plain adjectives."""
TRIAL_VERBS = re.compile(
    r"\b(?:stop|halt|sponsor|fund|run|ran|conduct|enrol|recruit|randomi[sz]|blind|register|finish"
    r"|end|last|discontinu|terminat|complet|withdraw|test|publish|design|power|took part|take part"
    r"|includ|who were|began|start|participa)",
    re.IGNORECASE,
)
RELAPSE_VERBS = re.compile(
    r"\bit\s+(?:come|came|comes|return|recur|relapse|flare|spread|get|go|improve)\b", re.IGNORECASE
)
TIME = re.compile(
    r"""\b(?: (?:weeks?|months?|years?|days?|hours?|cycles?)\s+\d+(?:\.\d+)?
          | (?:\d[\d,]*(?:\.\d+)?|(?:an?|one)(?:\s+(?:full|whole))?|two|three|four|five|six|seven
             |eight|nine|ten|twelve|eighteen|twenty-four)
            \s+(?:weeks?|months?|years?|yrs?|days?|hours?)(?:\s+(?:later|earlier|ago))?
          | \d+(?:\.\d+)?\s?(?:h|hrs?|min(?:utes?)?)
          | M\d{1,2} | baseline | the\s+end$ | (?:first|second|third|last)\s+(?:week|month|year|day)
          | (?:end\s+of\s+)(?:treatment|study|follow-up) | (?:19|20)\d\d )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A time point; in capitals or not, "M12" is month twelve."""
DOSE = re.compile(
    r"\b\d[\d,]*(?:\.\d+)?\s?(?:mg|mcg|µg|ug|g|ml|mL|IU|units?)(?:/(?:kg|m2|d|day|ml|mL))?\b",
    re.IGNORECASE,
)
DRUG = re.compile(
    r"""\b(?: [A-Z]{2,}-?\d{3,}\w* | [A-Za-z]{3,}(?:mab|cept|t?inib|limus|prazole|formin|statin
          |sartan|pril|olol|etine|[ai]pine|azepam|mycin|cillin|vir|gliptin|gliflozin|fibrate
          |triptan|tide|zole|oxacin|parib|ciclib|zumab|rasib|lukast|setron|dronate|trexate) )\b""",
    re.VERBOSE,
)
DRUG_ENDING = re.compile(
    r"^[a-z]{4,}(?:ine|anol|enol|alol|acel|lucept|glide|dapine|oline|tinib|ib|ost|xine|cel|xolol)$",
    re.IGNORECASE,
)
NOT_DRUGS = _set(
    "baseline routine urine medicine vaccine spine intestine machine discipline decline guideline"
    " guidelines line magazine genuine engine vaccine marine migraine creatinine cytokine define"
    " examine determine combine cost most host post boost almost chlorine fluorine deadline outline"
    " alpine canine feline feminine masculine excel parcel cancel imagine quarantine timeline"
    " chemokine histidine alanine glycine serine lysine arginine thymine adenine cytosine choline"
)
TRIAL_NAME = re.compile(
    r"""\b(?: NCT\d{8} | (?!COVID)[A-Z]{3,20}(?:-[A-Z]{1,20}){0,2}-\d{1,2}\b
          | [A-Z]{4,20}(?:-[A-Z]{1,6})?\s(?:[IVX]+|\d)\b )""",
    re.VERBOSE,
)
ACRONYM = re.compile(r"^[A-Z]{4,}(?:-[A-Z]{1,6})*$")
DISEASE = re.compile(
    r"(?:itis|osis|iasis|oma|omas|emia|aemia|pathy|algia|uria|trophy|plasia|phobia|penia|sclerosis)$"
    r"|^(?:asthma|lupus|diabetes|cancer|cancers|eczema|stroke|gout|migraine|epilepsy|dementia|copd"
    r"|depression|obesity|hypertension|malaria|tuberculosis|hiv|aids|influenza|measles|sepsis"
    r"|psoriasis|leprosy|cholera|autism|anxiety|cirrhosis|covid-19|hyperthyroidism|leukaemia"
    r"|diseases?|syndrome|disorder|ulcers?|fibrosis|suppurativa|myasthenia)$",
    re.IGNORECASE,
)
POSSESSIVE_DISEASE = re.compile(r"^[A-Z]\w+(?:'s|s'|’s|s’)$")
