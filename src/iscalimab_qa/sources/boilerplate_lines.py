"""Tell by its own words a line that surrounds a document: contact, offers, law, navigation.

Each rule asks for more than one word of its kind, or for a line that is nothing else: a
sentence may mention an address, a quote, a contact or a disclaimer and still report science.
"""

from __future__ import annotations

import re

_CASELESS = re.IGNORECASE

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WEB = r"(?:https?://|www\.)\S+"
_PHONE = r"(?:\+|\()?\d[\d ()./–-]{6,24}\d"
_PLACE = re.compile(
    r"\d{2,}|P\.?\s?O\.? Box|\b(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Suite"
    r"|Floor|Building|Square|Campus|Park|Department|Division|University|Hospital|Institute|Centre"
    r"|Center)\b"
)
_CONTACT_LABEL = re.compile(
    r"(?:(?:mailing|postal|street|office|e-?mail)?\s?address|phone|telephone|tel|fax|mobile|e-?mails?"
    r"|web ?site|web|contact)\.?\s*(?:\([^)]{1,30}\))?\s*:\s*(?P<value>.+)",
    _CASELESS,
)
_CORRESPONDENCE = re.compile(
    r"\W{0,2}(?:address (?:for )?)?(?:all )?correspond(?:ence|ing authors?)\b", _CASELESS
)
_REACHABLE = re.compile(rf"{_EMAIL}|{_WEB}|{_PHONE}")
_ONLY_REACHABLE = re.compile(rf"(?:{_EMAIL}|{_WEB}|(?=[+(]){_PHONE})[.,]?")
_TOWN_LINE = re.compile(
    r"[A-Z][\w.'’ -]{1,40},\s*(?:[A-Z]{2}\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2})"
    r"(?:,?\s+[A-Z][\w.' ]{1,30})?"
)
_MOST_ADDRESS_WORDS = 30

_CALL = re.compile(
    r"""(?:(?:get|request|ask\ for)\b.{0,40}\b(?:quotes?|quotation|pricing|price|samples?|demo
            |brochure|catalog(?:ue)?|consultation)\b
        | request\ (?:more\ )?information\W*$
        | (?:order|buy|shop|purchase)\ (?:now|online|here|today|this\ product)\b
        | add\ to\ (?:cart|basket|wish\ ?list|favou?rites)\b
        | click\ (?:here|to|on|for|below)\b
        | download\ (?:(?:the|our|full|as|a|this)\ )*(?:pdf|brochure|data\ ?sheet|sds|coa
            |citation|app|article|now|full|high)\b
        | (?:subscribe|sign\ up|sign\ in|log\ ?in|log\ ?out)\b(?!\w)
        | register\ (?:now|here|today|for\ (?:free|our|updates|an\ account))\b
        | (?:contact|call|e-?mail|write\ to)\ (?:us|our|sales|support|customer)\b
        | follow\ (?:us|@)|share\ (?:this|on|via)\b|(?:like|find)\ us\ on\b
        | (?:learn|read|find\ out|discover)\ more\b|continue\ reading\b
        | (?:see|view|show|load)\ (?:more|all|less)(?:\ \w+){0,3}\W*$
        | (?:book|schedule|arrange)\ (?:a|an|your)\ (?:demo|call|appointment|meeting|consultation)\b
        | need\ (?!for\b|to\b)[^?.]{1,60}\?
        | (?:looking\ for|interested\ in)\b[^?.]{1,80}\?
        | (?:have|any|got|do\ you\ have)(?:\ any|\ a|\ more)?\ questions?\?
        | (?:unsure|not\ sure)\ (?:if|whether|which|what)\b[^.]{1,120}\?
        | back\ to\ top\b|skip\ to\ (?:main\ )?content\b|jump\ to\b|powered\ by\b|top\ of\ page\b
        | get\ the\ latest\ (?:news\ )?from\b
        )""",
    _CASELESS | re.VERBOSE,
)
_MOST_CALL_WORDS = 18

_OFFER = re.compile(
    r"""\b(?:offers?|provides?|supplies|speciali[sz]es?\ in)\b[^.]{0,80}\b(?:custom\ synthesis
            |quotes?|bulk\ (?:orders?|quantit\w+|supply)|competitive\ pric\w+|discounts?
            |our\ products|worldwide\ (?:shipping|delivery)
            |customer\ (?:service|support|satisfaction)
            |technical\ support|catalog(?:ue)?\ products)\b
      | ^(?:our|the\ company['’]s)\ (?:mission|vision|goal|values?)\ (?:is|are)\b
      | \b(?:is|are|as)\ (?:a|an|the|one\ of\ the|your)\ (?:(?:world['’]s|world|global|globally
            |trusted|leading|premier|reliable|largest|worldwide)[\ -]*)+(?:\w+\ ){0,3}
            (?:suppliers?|providers?|manufacturers?|distributors?|vendors?|source)\b
      | \bcontact\ (?:us\b|our\b.{0,40}?\b(?:team|support|sales|specialists|experts
            |staff)\b)
      | ^we\ (?:strive|pride|are\ (?:committed|dedicated|proud))\b[^.]{0,100}
            \b(?:customers?|products?|services?|solutions?)\b
      """,
    _CASELESS | re.VERBOSE,
)

_LEGAL = re.compile(
    r"""^for\ (?:laboratory\ |internal\ )?research\ use\ only\b
      | ^not\ (?:intended\ |meant\ )?for\ (?:human|clinical|diagnostic|therapeutic|use\ in)\b
      | \b(?:information|products?|materials?|documents?|reagents?|contents?|protocols?|services?)\b
            [^.]{0,80}\bfor\ (?:laboratory\ )?research\ use\ only\b
      | \b(?:makes?|gives?|offers?)\ no\ (?:warrant\w+|representations?|guarantees?)\b
      | \bexpress(?:ed)?\ or\ implied\b
      | \b(?:accepts?|assumes?|bears?|takes?)\ no\ (?:liability|responsibility)\b
      | \b(?:shall|will|can)?not\ be\ (?:held\ )?liable\b
      | \b(?:does\ not\ constitute|is\ not|not\ intended\ as)\ (?:a\ substitute\ for\ )?(?:\w+\ )?
            (?:medical|legal|professional|investment)\ advice\b
      | \ball\ rights\ reserved\b
      | ^(?:©|\(c\)|copyright\b)\s*(?:©|\(c\))?\s*(?:\d{4}|by\b|the\b|\w+\ \d{4})
      | \bforward[-\ ]looking\ statements?\b
      | \bneutral\ with\ regard\ to\ jurisdictional\ claims\b
      | \bthis\ is\ an\ open[-\ ]access\ article\b
      | \b(?:distributed|made\ available|licensed|published)\ under\ (?:the\ terms\ of\ )?
            (?:a|the)\b[^.]{0,40}\b(?:licen[cs]e|creative\ commons)\b
      | \bno\ re-?use\ allowed\ without\ permission\b|\bcopyright\ holder\ for\ this\ preprint\b
      | \bwe\ use\ cookies\b|\baccept\ (?:all\ )?cookies\b|\b(?:use|using)\ (?:of\ )?cookies\b
      | \b(?:trademarks?|brand\ names)\b[^.]{0,60}\b(?:property|owners?|registered)\b
      """,
    _CASELESS | re.VERBOSE,
)
_SHARE_OF_SENTENCES = 0.5
"""Of a paragraph's words, in sentences of offers or law; a licence line that a converter put
into the middle of a paragraph must not take the paragraph with it."""
_SENTENCE_BREAK = re.compile(r"(?<=[a-z\d)\]”\"]{2}[.!?])\s+(?=[^a-z])")

_MENU_ITEM = re.compile(
    r"""home|menu|search|go|top|help|faqs?|site\ ?map|rss|print|share|e-?mail|e-?mail\ alerts
      | cart|trending|about(?:\ us)?|contacts?(?:\ us)?|careers?|jobs|news(?:room)?|events
      | products?|services|support|log\ ?in|sign\ (?:in|up)|register|my\ account
      | subscribe|subscriptions?|advertis(?:e|ers|ing|ement)
      | (?:privacy|cookie)s?(?:\ (?:policy|notice|settings|preferences|statement))?|imprint
      | terms(?:\ (?:of|and|&)\ (?:use|service|sale|conditions))?|legal(?:\ notice)?
      | accessibility(?:\ statement)?|permissions|reprints(?:\ (?:and|&)\ permissions)?
      | twitter|facebook|linkedin|youtube|instagram|for\ authors|for\ reviewers|current\ issue
      | archive|download(?:\ pdf)?|full\ text|pdf|cite(?:\ this)?|comments?
      | related(?:\ articles)?|sponsored|google\ scholar|pubmed|crossref|view\ article
      | skip\ to\ (?:main\ )?content|back\ to\ top""",
    _CASELESS | re.VERBOSE,
)
_MENU_SEPARATOR = re.compile(r"\s*[|›»>·•]\s*|\s+[/–-]\s+")
_NEVER_CONTENT = re.compile(
    r"home|menu|search|go|top|help|trending|share|print|subscribe|log ?in|sign (?:in|up)|site ?map"
    r"|rss|advertisement|sponsored|contact us|privacy policy|terms of use|e-?mail address"
    r"|download pdf|cite this|powered by|my account|back to top|view all|see all"
    r"|see more(?: about)?",
    _CASELESS,
)

_CATALOGUE = re.compile(
    r"(?:cat(?:alog(?:ue)?)?\.?\s*(?:nos?\.?|numbers?|#)|(?:product|item|order)\s*(?:no\.?|code|number|id)"
    r"|sku|price|pack(?:age|ing)?\s*size|in stock|lead time)\s*[:#]\s*(?P<value>.+)",
    _CASELESS,
)
_CATALOGUE_COMPANION = re.compile(
    r"(?:(?:compound|product|chemical|iupac)?\s*name|cas(?:\s*(?:no\.?|number|rn|registry))?"
    r"|molecular\s*(?:formula|weight)|formula|mw|smiles|inchi(?:key)?|purity|synonyms?|storage"
    r"|appearance|solubility|shipping|quantity|availability)\s*[:#]\s*(?P<value>.+)",
    _CASELESS,
)
_MOST_CATALOGUE_WORDS = 12

_AUDIENCE = re.compile(
    r"for [\w &/,-]{0,150}(?:professionals|researchers|scientists|clinicians|audiences?)",
    _CASELESS,
)


def is_boilerplate_line(line: str) -> bool:
    """Tell whether a line says nothing but how to reach, buy, read on, or whose rights they are."""
    line = line.strip()
    return (
        _is_contact(line)
        or is_call(line)
        or _mostly_offers_or_law(line)
        or _is_menu(line)
        or is_catalogue_line(line)
        or bool(_AUDIENCE.fullmatch(line))
    )


def is_call(line: str) -> bool:
    """Tell whether a line asks the reader to do something: "Need a quote?", "Learn more"."""
    return bool(_CALL.match(line.strip())) and len(line.split()) <= _MOST_CALL_WORDS


def is_catalogue_line(line: str) -> bool:
    """Tell a line that only a shop has: its own number for a product, a price."""
    return _is_short_field(_CATALOGUE, line)


def is_catalogue_companion(line: str) -> bool:
    """Tell a line that stands beside a catalogue number; elsewhere it is a fact."""
    return _is_short_field(_CATALOGUE_COMPANION, line)


def _is_short_field(pattern: re.Pattern[str], line: str) -> bool:
    match = pattern.fullmatch(line.strip())
    return bool(match) and len(line.split()) <= _MOST_CATALOGUE_WORDS and line.strip()[-1] != "."


def _is_contact(line: str) -> bool:
    if _ONLY_REACHABLE.fullmatch(line) or _TOWN_LINE.fullmatch(line):
        return True
    if len(line.split()) > _MOST_ADDRESS_WORDS:
        return False
    if _CORRESPONDENCE.match(line):
        return bool(_REACHABLE.search(line))
    label = _CONTACT_LABEL.match(line)
    if not label:
        return False
    postal = "address" in line.lower()[:20] and _PLACE.search(label["value"])
    return bool(_REACHABLE.search(label["value"]) or postal)


def _mostly_offers_or_law(line: str) -> bool:
    sentences = _SENTENCE_BREAK.split(line)
    told = [one for one in sentences if _OFFER.search(one) or _LEGAL.search(one)]
    calls = [one for one in sentences if one not in told and is_call(one.strip("[]( "))]
    words = sum(len(one.split()) for one in [*told, *calls])
    return bool(told) and words >= _SHARE_OF_SENTENCES * len(line.split())


def _is_menu(line: str) -> bool:
    if _NEVER_CONTENT.fullmatch(line):
        return True
    parts = [part for part in _MENU_SEPARATOR.split(line) if part]
    known = sum(1 for part in parts if _MENU_ITEM.fullmatch(part))
    return len(parts) > 1 and 2 * known >= len(parts)
