"""Which language a text is in, guessed from its commonest words: good enough to be offered, never to be set.

A language that has an alphabet of its own here is known by that. Neighbours that share most of their small words
(Bosnian, Croatian, Serbian; Norwegian, Danish) are told apart only where the text is clear; else nothing is said.
"""

import re
from collections import Counter
from collections.abc import Iterable

MOST_CHARACTERS = 2000
FEWEST_WORDS = 6
# Of the commonest words of the language there must be so many, so large a part of the text, and so many times those of
# the next language.
FEWEST_HITS, LEAST_SHARE, LEAST_LEAD = 3, 0.12, 1.3

_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = {
    "bn": re.compile("[\u0980-\u09ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_COMMON = {
    "am": "እና ነው ላይ ውስጥ ወደ ይህ ግን ነበር እንደ",
    "ar": "في من على إلى أن هذا التي لا ما مع عن هو هي الذي كان",
    "bg": "и на в се да е за не са от по това които или също като",
    "bs": "je u i da se na su za koji nije bi sve također šta opće",
    "ca": "i el la els les que amb per una és són dels aquest també però no",
    "cs": "a v se na je že které pro jsou do také nebo jako ale který při",
    "da": "og i at det er en til af på ikke der som med har også efter hvor",
    "de": "und der die das ist nicht mit für ein eine den von auf sind auch werden wir oder bei zu",
    "el": "και το η του της την να με για που είναι από στο δεν οι των",
    "en": "the and of to in is that for are with on as this be not or they have which who by from",
    "es": "el la los las y que de en un una por para con es son no se del más pero como también muy",
    "et": "ja on ei et see mis kui oma ka või nii kes aga ning ole kus",
    "eu": "eta da ez bat dira ere dute izan baina edo hau oso behar duten",
    "fa": "و در به از که این را با است برای آن یک می هم تا",
    "fi": "ja on ei että se joka ovat kun tai myös mutta niin ole kuin hän sekä",
    "fr": "le la les et des que en un une pour dans est sont pas avec qui sur au aux mais ou nous du ce",
    "ga": "agus an na ar go is le do atá ag bhfuil seo níl mar chun ach",
    "gl": "e o a os as que do da non unha para con é son dos das máis tamén pero na no",
    "hr": "je i u da se na su za koji nije što također ili ali od bi općine",
    "hu": "és a az hogy nem egy van vagy is meg csak azok mint ezt nagyon kell akik",
    "is": "og að í er á sem ekki við til það um með fyrir eru hafa eða",
    "it": "il la e di che per un una con non sono è gli le della dei nel anche più ma come alla si",
    "ku": "û di de ji bo li ku ne ye ev jî bi ew me heye",
    "lb": "an de d'r déi net fir mat vun ass sinn et och mir eng op",
    "lt": "ir yra kad su į iš tai bet ar kaip nėra apie jie taip pat už mes buvo kurie",
    "lv": "un ir ka kas par no ar uz bet vai nav tiek lai kā arī pēc mēs to tie viņi",
    "mk": "и на во се да е за не од со што кои или исто ќе",
    "mt": "u li ta fil il hija huwa ma mhux għal minn dan din jew biex kif",
    "nb": "og i det er en til av på ikke som med har for at også etter hvor vi jeg",
    "nl": "de het een en van in is dat niet op te voor met zijn ook aan maar die er bij om naar",
    "pl": "i w na się nie jest z do że to są które dla lub jak ale przez oraz który po",
    "ps": "او په د چې له دا نه يو ته کې دی هم سره",
    "pt": "o a os as e que de em um uma para com não é são por mais mas também dos das pelo nos",
    "ro": "și de la în un o care nu este sunt pentru cu pe din mai sau că dar al ale",
    "rom": "thaj si te le la e o na kaj sar amen roma romane so",
    "ru": "и в не на что с по это как для они или но у мы также его",
    "sk": "a v sa na je že ktoré pre sú do aj alebo ako ale ktorý pri nie",
    "sl": "in je v na da se za so ki ne pa tudi ali z kot bi pri po",
    "so": "iyo waa in ka ku u oo ma la waxaa ee ay ah soo",
    "sq": "dhe të në një për është nga që me janë si më kjo nuk ose",
    "sr": "и у је да се на за су не који од са али као je su koji nije takođe ili što se da na",
    "sv": "och i att det är en till av på inte som med har för också eller den vi ett",
    "ti": "እዩ ኣብ ናይ ከምኡ ድማ ካብ ናብ ግን እቲ",
    "tr": "ve bir bu için ile de da çok olan değil ama gibi olarak daha var ki",
    "uk": "і в не на що з це як для та або але ми також до є які від",
    "ur": "اور کے میں کی ہے کا سے کو نہیں پر یہ ہیں ایک بھی",
    "vi": "và của là không có cho một các được người những trong với này để",
    "wo": "ak ci la bu yi di ne mu dafa nga am ba te ñu",
}
_SPOKEN: dict[str, list[str]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        _SPOKEN.setdefault(_word, []).append(_code)


def guess(text: str, likely: Iterable[str] = ()) -> str | None:
    """The code of the language, None where it is not clear. Of languages equally close, one of `likely` counts."""
    beginning = text[:MOST_CHARACTERS]
    for code, alphabet in _ALPHABETS.items():
        if len(alphabet.findall(beginning)) > len(beginning) / 3:
            return code
    words = _WORD.findall(beginning.lower())
    if len(words) < FEWEST_WORDS:
        return None
    hits = Counter(code for word in words for code in _SPOKEN.get(word, ()))
    expected = set(likely)
    ranked = sorted(hits, key=lambda code: (hits[code], code in expected), reverse=True)
    if not ranked or hits[ranked[0]] < max(FEWEST_HITS, LEAST_SHARE * len(words)):
        return None
    first = ranked[0]
    rivals = [code for code in ranked[1:] if first not in expected or code in expected]
    return None if rivals and hits[first] < LEAST_LEAD * hits[rivals[0]] else first
