"""The language of a text is guessed where it is clear, and not where it is not."""

import pytest

from programmes.common.guessing import guess

TEXTS = {
    "lv": "Pieaugušie mācās latviešu valodu kursos, kas beidzas ar A2 līmeni, un pēc tam nav kur to lietot.",
    "es": "Las personas que llegaron en los últimos años aprenden la lengua en cursos, pero no la practican.",
    "fr": "Les adultes arrivés dans les cinq dernières années apprennent la langue, mais ne la pratiquent pas.",
    "de": "Erwachsene lernen die Sprache in Kursen, die mit A2 enden, und es gibt wenige Orte, sie zu üben.",
    "it": "Gli adulti imparano la lingua nei corsi, ma non hanno luoghi per parlare con le persone della città.",
    "nl": "Volwassenen leren de taal in cursussen, maar er zijn weinig plaatsen om met mensen te oefenen.",
    "sv": "Vuxna lär sig språket i kurser som slutar på A2, och det finns inte många platser att öva på.",
    "pl": "Dorośli uczą się języka na kursach, które kończą się na poziomie A2, ale nie ma gdzie go używać.",
    "el": "Οι ενήλικες μαθαίνουν τη γλώσσα στα μαθήματα που τελειώνουν στο Α2 και δεν έχουν πού να μιλήσουν.",
    "uk": "Дорослі вивчають мову на курсах, які закінчуються на рівні А2, але не мають де її вживати.",
    "ar": "يتعلم الكبار اللغة في دورات تنتهي في المستوى الثاني ولا يوجد مكان للتدريب على الكلام مع الناس",
    "fa": "بزرگسالان زبان را در دوره هایی یاد می گیرند که در سطح دوم تمام می شود و جایی برای تمرین نیست",
    "ka": "მოზრდილები სწავლობენ ენას კურსებზე და ვერ ხმარობენ მას",
    "en": "Adults who arrived in the last five years learn the language in courses that end at A2.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_clear_texts(code):
    assert guess(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text",
    ["", "Jelgava", "Schaerbeek, Mechelen, Capaci, Riverton, Harbourg, Milltown, Jelgava", "12 345 x", "\x00" * 50],
)
def test_nothing_is_said_where_nothing_is_clear(text):
    assert guess(text) is None


def test_among_neighbours_what_is_likely_counts():
    text = "Voksne lærer språket på kurs som slutter på A2, og det er få steder å øve."
    assert guess(text, ["nb", "en"]) == "nb"
