"""Recorded addresses, cut to what may be kept: a block, a crossing or a street, and nothing finer.

What is kept must be understood as one of these. Whatever else the cell says is left out: a house,
a flat, a room, a name, a note. A street lost here costs little; somebody's door kept is a breach.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

REMOVED: Final = "house_number_removed"
LEFT_OUT: Final = "address_left_out"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST: Final = 200
_MOST_WORDS: Final = 5
_TYPES: Final = _words(
    "ST STREET AV AVE AVENUE BL BLVD BOULEVARD RD ROAD DR DRIVE LN LANE WY WAY CT COURT PL "
    "PLACE TER TERR TERRACE HY HWY HIGHWAY PKWY PARKWAY CR CIR CIRCLE PLZ PLAZA SQ SQUARE ALY "
    "ALLEY ROW PATH WALK LOOP BRIDGE EXPY EXPRESSWAY FWY FREEWAY TRL TRAIL PIKE TURNPIKE CRES "
    "CRESCENT CLOSE GARDENS GROVE MEWS QUAY STRASSE STRAßE WEG PLATZ ALLEE GASSE STRAAT LAAN LU "
    "JIE DADAO"
)
"""Words that end a street's name."""
_FIRST_TYPES: Final = _words(
    "CALLE AVENIDA AVDA PASEO PLAZA CAMINO CARRER CARRERA RUE VIA VIALE CORSO PIAZZA RUA "
    "ESTRADA JALAN AVENUE AVE BOULEVARD QUAI PLACE"
)
"""Words that begin one."""
_NUMBERED: Final = _words("HWY HIGHWAY ROUTE RTE SR US I INTERSTATE")
_WHOLE: Final = frozenset({"BROADWAY", "EMBARCADERO", "BOWERY"})
"""Streets that are called by no word for a street."""
_ARTICLES: Final = _words("THE EL LA LE LES LOS LAS DER DIE")
_SIDES: Final = _words("N S E W NE NW SE SW NORTH SOUTH EAST WEST")
_NEVER: Final = _words(
    "APT APARTMENT UNIT STE SUITE RM ROOM FLAT FL FLOOR BLDG BUILDING LOT SPC SPACE TRLR PH BOX "
    "PO CO ATTN MR MRS MS HOUSE RESIDENCE HOME CLINIC HOTEL SCHOOL NEAR AT BEHIND OPPOSITE CALL "
    "PISO PUERTA ETAGE WOHNUNG HAUS CASA MAISON BED WARD DOOR"
)
"""Words of what is finer than a street, or beside it."""
_HOUSES: Final = _words(
    "COTTAGE COTTAGES BUNGALOW VICARAGE RECTORY PARSONAGE FARM FARMHOUSE BARN LODGE MANOR GRANGE "
    "HALL VILLA"
)
"""Words that end a house's name: `ROSE COTTAGE CHURCH LANE`, but `ROSE COTTAGE LANE`."""
_NARRATED: Final = _words(
    "I ME MY HE HIS HIM SHE HER HERS THEY THEIR WE OUR YOU YOUR IS ARE WAS HAS HAD CAN CANT "
    "CAN'T CANNOT COULD WILL WONT DOES DONT DIDNT NOT SAYS SAID LIVES LIVING CALLER PATIENT "
    "VICTIM SUSPECT MOM MOM'S DAD DAD'S MOTHER FATHER WIFE HUSBAND SON DAUGHTER NEIGHBOR "
    "NEIGHBOUR MAN WOMAN WITH WITHOUT FOR FROM BY TO ON IN INTO HERE THERE WHO"
)
"""Words of a sentence: a note that ends in WAY or CLOSE is no street."""
_COUNTED: Final = _words(
    "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN "
    "SIXTEEN SEVENTEEN EIGHTEEN NINETEEN TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY "
    "HUNDRED"
)
"""House numbers in words. They begin names, too (`TEN MILE RD`), which are lost with them."""
_NUMBER: Final = re.compile(
    r"(?P<number>\d{1,6})(?:-?[A-Z]|-\d{1,6}| 1[/⁄]2| (?:BIS|TER|QUATER))?,? (?P<rest>.+)",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(
    r"(?P<number>\d{1,6})[ -](?:Block|Blk\.?)(?: of)? (?P<rest>.+)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\s*[/&@]\s*|\s+(?:AND|AT)\s+", re.IGNORECASE)
"""What stands between the streets of a crossing."""
_ORDINAL: Final = re.compile(r"\d{1,3}(?:ST|ND|RD|TH)")
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_GERMAN: Final = re.compile(r"[^\W\d_]{3,}(?:STRASSE|STRAßE|STR|WEG|PLATZ|ALLEE|GASSE|DAMM|UFER)")
_HAN: Final = r"\u4e00-\u9fff"
_HAN_STREET: Final = (
    rf"(?:(?![号栋幢室户弄座])[{_HAN}]){{1,4}}?[东西南北中前后]?"
    r"[一二三四五六七八九十]?环?(?:大道|大街|公路|路|街|巷|胡同)"
)
_HAN_AREA: Final = rf"(?:[{_HAN}]{{1,6}}?(?:省|市|区|县|镇|乡|街道))*"
_HAN_CROSSING: Final = re.compile(
    rf"{_HAN_AREA}(?P<one>{_HAN_STREET})(?:与|和|/|、|-)?(?P<other>{_HAN_STREET})"
    r"(?:交叉口|交汇处|路口|口)?"
)
_HAN_ALONE: Final = re.compile(rf"{_HAN_AREA}(?P<one>{_HAN_STREET})(?P<rest>.*)")


def to_block(said: str) -> tuple[str, tuple[str, ...]]:
    """What may be kept of an address, and the repairs that it took (`REMOVED`, `LEFT_OUT`).

    ``69 1/2 POTOMAC ST`` becomes ``0 Block of POTOMAC ST``, ``100 MAIN ST APT 4B`` becomes
    ``100 Block of MAIN ST``; of what isn't understood nothing is kept.
    """
    text = " ".join(unicodedata.normalize("NFKC", said[:_LONGEST]).split())
    if not text:
        return "", ()
    if re.search(rf"[{_HAN}]", text):
        return _han(text)
    if block := _BLOCK.fullmatch(text):
        return _numbered(block, text, block=True)
    if exact := _NUMBER.fullmatch(text):
        return _numbered(exact, text, block=False)
    return _crossing(text) or _alone(text)


def _numbered(match: re.Match[str], text: str, *, block: bool) -> tuple[str, tuple[str, ...]]:
    """A number before a street; where the source says block, any plain words are its street."""
    words = match["rest"].split()
    letter = _is_flat(words)
    street, rest = _street(" ".join(words[letter:]))
    if not street and block and len(words) <= _MOST_WORDS and all(map(_is_name, words)):
        street, rest = match["rest"], ""
    if not street:
        return "", (LEFT_OUT,)
    number = int(match["number"])
    kept = f"{number // 100 * 100} Block of {street}"
    left_out = (LEFT_OUT,) if rest or letter else ()
    if block and number % 100 == 0:
        return (text, ()) if kept.lower() == text.lower() else (kept, left_out)
    return kept, (REMOVED, *left_out)


def _is_flat(words: Sequence[str]) -> bool:
    """Whether a letter of the house number stands apart: `100 B MAIN ST`, not `100 B ST`."""
    if len(words) < 2 or len(words[0]) > 1 or words[0].upper() in _SIDES:
        return False
    return len(_plain(words[1])) > 1 and _plain(words[1]) not in _TYPES


def _crossing(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Two streets; None where nothing stands between streets."""
    said = _BETWEEN.split(text)
    if len(said) == 1:
        return None
    parts = [_street(part) for part in said]
    streets = [street for street, _ in parts if street]
    if len(streets) == len(parts) == 2 and not any(rest for _, rest in parts):
        return (text if "/" in text else "/".join(streets)), ()
    return "/".join(streets[:2]), (LEFT_OUT,)


def _alone(text: str) -> tuple[str, tuple[str, ...]]:
    street, rest = _street(text)
    if not rest:
        return street, (() if street else (LEFT_OUT,))
    return street, (REMOVED,) if street and rest.lstrip(" ,")[:1].isdigit() else (LEFT_OUT,)


def _street(text: str) -> tuple[str, str]:
    """The street that a text begins with, and the rest; no street where none is understood."""
    words = text.split()
    end = _end(words)
    if not end:
        return "", text
    street = " ".join(words[:end])
    bare = street.rstrip(",;.")
    return bare, (" " if bare != street else "") + " ".join(words[end:])


def _end(words: Sequence[str]) -> int:
    """How many words the street at the beginning has; 0 where there is none."""
    plain = [_plain(word) for word in words]
    if len(plain) > 2 and plain[0] in _COUNTED:
        return 0
    first = 1 if plain and plain[0] in _ARTICLES | _SIDES else 0
    if plain[first:] and plain[first] in _WHOLE:
        return _with_side(words, plain, first + 1)
    if len(plain) >= 2 and plain[0] in _NUMBERED and re.fullmatch(r"\d{1,4}[A-Z]?", plain[1]):
        return 2
    if plain and re.fullmatch(r"(?:I|US|SR)-\d{1,4}", plain[0]):
        return 1
    for at, word in enumerate(plain[: _MOST_WORDS + 1]):
        if at >= 1 and word in _TYPES:
            while not _closed(words[at]) and at + 1 < len(plain) and plain[at + 1] in _TYPES:
                at += 1
            return _with_side(words, plain, at + 1)
        if _GERMAN.fullmatch(word):
            return at + 1
        if not _is_name(word) or _closed(words[at]) or _ends_house(plain, at):
            break
    return _after_type(words, plain, first)


def _ends_house(plain: Sequence[str], at: int) -> bool:
    """Whether a house's name ends here, and no street's: the next word is none for a street."""
    return at >= 1 and plain[at] in _HOUSES and not _TYPES.intersection(plain[at + 1 : at + 2])


def _after_type(words: Sequence[str], plain: Sequence[str], first: int) -> int:
    """`Calle Mayor`, `EL CAMINO DEL MAR`: up to what is no word of a name."""
    if first >= len(plain) or plain[first] not in _FIRST_TYPES or _closed(words[first]):
        return 0
    at = first + 1
    while at < len(plain) and at - first <= _MOST_WORDS and _is_name(plain[at]):
        at += 1
        if _closed(words[at - 1]):
            break
    return at if at > first + 1 else 0


def _with_side(words: Sequence[str], plain: Sequence[str], end: int) -> int:
    """`BUENA VISTA AV W`."""
    more = end < len(plain) and plain[end] in _SIDES and not _closed(words[end - 1])
    return end + more


def _plain(word: str) -> str:
    return word.rstrip(",;").upper().removesuffix(".") or word


def _closed(word: str) -> bool:
    return word[-1:] in ",;"


def _is_name(word: str) -> bool:
    upper = word.upper()
    is_word = _WORD.fullmatch(word) is not None or _ORDINAL.fullmatch(upper) is not None
    return is_word and upper.rstrip(".") not in _NEVER | _NARRATED


def _han(text: str) -> tuple[str, tuple[str, ...]]:
    if crossing := _HAN_CROSSING.fullmatch(text):
        return f"{crossing['one']}/{crossing['other']}", ()
    alone = _HAN_ALONE.fullmatch(text)
    if alone is None:
        return "", (LEFT_OUT,)
    rest = alone["rest"].strip()
    if not rest:
        return alone["one"], ()
    return alone["one"], (REMOVED,) if rest[0].isdigit() else (LEFT_OUT,)
