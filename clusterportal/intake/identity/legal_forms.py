"""The one list of legal forms, in every spelling: short, dotted, spaced, spelt out, in any case.

Codes are those of ISO 20275 (ELF, version of 2023-09-28), for the German forms that the registry stores. Forms of
other countries have no code here: their names are compared without them, nothing is stored.
"""

from typing import NamedTuple

from actors.enums import LegalForm
from clusterportal.core.spelling import spelling

Words = tuple[str, ...]


class SpeltForm(NamedTuple):
    words: Words  # folded
    code: str  # ISO 20275; empty for a form that is compared and not stored
    is_anywhere: bool  # clear enough to be recognised inside a name, not at its end alone


# Spelt as people write them; dots, blanks, hyphens and capitals do not matter. The longest that fits is taken.
_GERMAN: list[tuple[LegalForm, list[str]]] = [
    (LegalForm.GMBH, [
        "GmbH", "Gesellschaft mit beschränkter Haftung", "Gesellschaft mbH", "Ges. mbH", "Gesellschaft m.b.H.",
        "Ges.m.b.H.", "GesmbH", "mit beschränkter Haftung", "mbH",
    ]),
    (LegalForm.GGMBH, [
        "gGmbH", "gemeinnützige GmbH", "gem. GmbH", "g. GmbH", "gemeinnützige Gesellschaft mit beschränkter Haftung",
        "gemeinnützige Gesellschaft mbH", "gemeinnützige Gesellschaft m.b.H.", "gemeinnützige mbH", "GmbH gemeinnützig",
    ]),
    (LegalForm.UG, [
        "UG", "UG haftungsbeschränkt", "Unternehmergesellschaft", "Unternehmergesellschaft haftungsbeschränkt",
        "haftungsbeschränkt", "gUG", "gUG haftungsbeschränkt", "GmbH UG", "UG mbH", "UG i. S. d. § 5a GmbHG",
    ]),
    (LegalForm.AG, ["AG", "Aktiengesellschaft", "Aktien-Gesellschaft", "REIT-AG", "InvAG"]),
    (LegalForm.GAG, ["gAG", "gemeinnützige AG", "gemeinnützige Aktiengesellschaft"]),
    (LegalForm.SE, ["SE", "Societas Europaea", "Europäische Gesellschaft", "Europäische Aktiengesellschaft"]),
    (LegalForm.KGAA, ["KGaA", "KG a. A.", "KG aA", "Kommanditgesellschaft auf Aktien", "KG auf Aktien"]),
    (LegalForm.KG, ["KG", "Kommanditgesellschaft"]),
    (LegalForm.OHG, ["OHG", "offene Handelsgesellschaft", "OHG mbH"]),
    (LegalForm.GBR, ["GbR", "Gesellschaft bürgerlichen Rechts", "Gesellschaft des bürgerlichen Rechts", "GdbR",
                     "BGB-Gesellschaft", "eGbR", "eingetragene Gesellschaft bürgerlichen Rechts", "GbR mbH"]),
    (LegalForm.PARTG, ["PartG", "PartnerG", "PartGes", "Partnerschaftsgesellschaft"]),
    (LegalForm.PARTG_MBB, [
        "PartG mbB", "PartGmbB", "PartnerG mbB", "Partnerschaftsgesellschaft mbB", "Partnerschaft mbB", "mbB",
        "Partnerschaftsgesellschaft mit beschränkter Berufshaftung", "Partnerschaft mit beschränkter Berufshaftung",
        "mit beschränkter Berufshaftung",
    ]),
    (LegalForm.SOLE, [
        "e. K.", "e. Kfm.", "e. Kfr.", "e. Kffr.", "e. Kauffrau", "e. Kaufmann", "eingetragener Kaufmann",
        "eingetragene Kauffrau",
    ]),
    (LegalForm.EG, ["eG", "eingetragene Genossenschaft", "eingetr. Genossenschaft", "eGen", "eGmbH"]),
    (LegalForm.SCE, ["SCE", "Europäische Genossenschaft", "Societas Cooperativa Europaea", "SCE mbH"]),
    (LegalForm.EV, ["e. V.", "eingetragener Verein", "eingetr. Verein", "e. Verein"]),
    (LegalForm.VVAG, ["VVaG", "Versicherungsverein auf Gegenseitigkeit", "Versicherungsverein a. G.", "V. V. a. G."]),
    (LegalForm.AOR, [
        "AöR", "A. d. ö. R.", "AdöR", "Anstalt des öffentlichen Rechts", "Anstalt öffentlichen Rechts", "gAöR",
        "rechtsfähige Anstalt des öffentlichen Rechts", "Anstalt d. ö. R.", "Anstalt öff. Rechts", "kAöR",
    ]),
    (LegalForm.KDOR, [
        "KdöR", "K. d. ö. R.", "KöR", "Körperschaft des öffentlichen Rechts", "Körperschaft öffentlichen Rechts",
        "Körperschaft d. ö. R.", "Körperschaft öff. Rechts",
    ]),
    (LegalForm.PUBLIC_FOUNDATION, [
        "Stiftung des öffentlichen Rechts", "Stiftung öffentlichen Rechts", "SdöR", "Stiftung d. ö. R.",
    ]),
    (LegalForm.FOUNDATION, [
        "Stiftung des bürgerlichen Rechts", "Stiftung bürgerlichen Rechts", "Stiftung des privaten Rechts",
        "rechtsfähige Stiftung des bürgerlichen Rechts", "rechtsfähige Stiftung bürgerlichen Rechts", "SdbR",
        "Stiftung privaten Rechts",
    ]),
    (LegalForm.UNREGISTERED, ["nicht eingetragener Verein", "nicht rechtsfähiger Verein", "n. e. V."]),
]  # fmt: skip
# At the end of names from abroad.
_FOREIGN = [
    "Ltd.", "Limited", "Private Limited", "Pvt. Ltd.", "Pte. Ltd.", "Pty. Ltd.", "Pty. Limited", "Ltd. & Co.",
    "Co., Ltd.", "Company Limited", "PLC", "Public Limited Company", "LLC", "Limited Liability Company",
    "LLP", "Inc.", "Incorporated", "Corp.", "Corporation", "Co.", "& Co.", "CIC", "S.A.", "SA",
    "Société anonyme", "Sociedad anónima", "S.A.S.", "Société par actions simplifiée", "SASU", "S.à r.l.",
    "SARL", "Société à responsabilité limitée", "EURL", "SNC", "Sagl", "S.C.A.", "SCRL", "SPRL", "BVBA",
    "ASBL", "VZW", "B.V.", "BV", "Besloten vennootschap", "N.V.", "NV", "Naamloze vennootschap", "VOF",
    "S.p.A.", "SpA", "S.r.l.", "Srl", "Società per azioni", "Società a responsabilità limitata", "s.r.o.",
    "spol. s r.o.", "a.s.", "v.o.s.", "o.p.s.", "z.s.", "Oy", "Oyj", "Osakeyhtiö", "Oy Ab", "AB",
    "Aktiebolag", "ApS", "A/S", "AS", "ASA", "Anpartsselskab", "Aktieselskab", "Sp. z o.o.", "Spółka z o.o.",
    "Spółka z ograniczoną odpowiedzialnością", "Spółka akcyjna", "Sp. k.", "S.L.", "SL", "S.L.U.", "S.A.U.",
    "Sociedad limitada", "S. Coop.", "Lda.", "Limitada", "Kft.", "Zrt.", "Nyrt.", "d.o.o.", "EOOD", "OOD",
    "EAD", "SIA", "UAB", "EWIV", "EEIG", "GIE", "K.K.", "Kabushiki Kaisha", "JSC", "PJSC", "OOO", "GesbR",
]  # fmt: skip
# A firm that begins or ends is the same firm. The short ones count behind a legal form only.
_STAGES = ["in Liquidation", "in Gründung", "in Abwicklung", "in Insolvenz", "in Auflösung", "in liq."]
_SHORT_STAGES = ["i. L.", "i. G.", "i. Gr.", "i. I.", "iL", "iG", "i. Abw.", "i. Liqu.", "i. Ins."]

_FILLERS = {"und", "and"}
_LONGEST_SPACED = 6  # letters of an abbreviation that people write apart: G m b H
_AMBIGUOUS = 3  # letters up to which a form inside a name may be a word: AG Informatik


def _spellings(text: str) -> set[Words]:
    """The folded words of a spelling; an abbreviation also letter by letter, and letters also as one word."""
    words = tuple(spelling(text).split())
    is_short = len(words) == 1 and len(words[0]) <= _LONGEST_SPACED and text[-1].isupper()
    if is_short:
        return {words, tuple(words[0])}
    return {words, ("".join(words),)} if all(len(word) == 1 for word in words) else {words}


def _forms() -> list[SpeltForm]:
    stated = [(code.value, text) for code, texts in _GERMAN for text in texts]
    stated += [("", text) for text in _FOREIGN]
    found: dict[Words, SpeltForm] = {}
    for code, text in stated:
        for words in _spellings(text):
            is_clear = len("".join(words)) > _AMBIGUOUS or words == ("e", "v")
            found.setdefault(words, SpeltForm(words, code, bool(code) and is_clear))
    return sorted(found.values(), key=lambda form: -len(form.words))


FORMS = _forms()
_AT_THE_END: dict[str, list[SpeltForm]] = {}
_ANYWHERE: dict[str, list[SpeltForm]] = {}
_STORED: dict[str, list[SpeltForm]] = {}
for _form in FORMS:
    _AT_THE_END.setdefault(_form.words[-1], []).append(_form)
    if _form.is_anywhere:
        _ANYWHERE.setdefault(_form.words[0], []).append(_form)
    if _form.code:
        _STORED.setdefault(_form.words[0], []).append(_form)
_STAGE_WORDS = {tuple(spelling(text).split()) for text in _STAGES}
_SHORT_STAGE_WORDS = {tuple(spelling(text).split()) for text in _SHORT_STAGES}
_STAGE_ENDS = {words[-1] for words in _STAGE_WORDS | _SHORT_STAGE_WORDS}


def words_of(name: str) -> list[str]:
    """The folded words of a name; “and” says nothing."""
    return [word for word in spelling(name).split() if word not in _FILLERS]


def without_legal_form(words: list[str]) -> list[str]:
    """The words of a name without its legal form and its stage; all of them where nothing else would be left."""
    kept = _without_stage(words)
    while form := _at_the_end(kept):
        if len(form.words) == len(kept):
            break
        kept = _without_stage(kept[: -len(form.words)])
    if not _ANYWHERE.keys().isdisjoint(kept):
        kept = _without_inner(kept) or kept
    return kept or words


def legal_form_at_end(name: str) -> str:
    """The code of the legal form that a name ends with; empty when it ends with none that the registry stores."""
    words = _without_stage(words_of(name))
    form = _at_the_end(words)
    return form.code if form and len(form.words) < len(words) else ""


def legal_form_called(text: str) -> str:
    """The code of the legal form that a text is, with nothing beside it; empty where the registry stores none."""
    named = f"x {text}"  # a form stands behind a name
    return legal_form_at_end(named) if without_legal_form(words_of(named)) == ["x"] else ""


def legal_form_in(name: str) -> str:
    """The code of the legal form that a registered name states, at its end or inside; empty when it states none."""
    if code := legal_form_at_end(name):
        return code
    words = words_of(name)
    found = [
        form
        for start, word in enumerate(words)
        for form in _STORED.get(word, ())
        if start and tuple(words[start : start + len(form.words)]) == form.words
    ]
    return max(found, key=lambda form: len(form.words)).code if found else ""


def _at_the_end(words: list[str]) -> SpeltForm | None:
    for form in _AT_THE_END.get(words[-1], ()) if words else ():
        if tuple(words[-len(form.words) :]) == form.words:
            return form
    return None


def _without_stage(words: list[str]) -> list[str]:
    if len(words) < 2 or words[-1] not in _STAGE_ENDS:
        return words
    if len(words) > 2 and tuple(words[-2:]) in _STAGE_WORDS:
        return words[:-2]
    for length in (1, 2):
        rest = words[:-length]
        if tuple(words[-length:]) in _SHORT_STAGE_WORDS and _at_the_end(rest):
            return rest
    return words


def _without_inner(words: list[str]) -> list[str]:
    kept, position = [], 0
    while position < len(words):
        for form in _ANYWHERE.get(words[position], ()):
            if position and tuple(words[position : position + len(form.words)]) == form.words:
                position += len(form.words)
                break
        else:
            kept.append(words[position])
            position += 1
    return kept
