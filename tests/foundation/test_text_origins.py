"""Whose sentence it is: the wording with which it came, not the one in which it stands."""

from foundation.texts.origins import origins, sentences_of


def test_sentences_end_with_their_mark_or_their_line():
    assert sentences_of("Erst dies.  Dann\tdas! Und\nnoch etwas…  Ende") == [
        "Erst dies.", "Dann das!", "Und", "noch etwas…", "Ende",
    ]  # fmt: skip
    assert sentences_of(" \n ") == []


def test_a_sentence_belongs_to_the_wording_that_brought_it():
    wordings = ["Licht an.", "Licht an. Bus fährt.", "Bus fährt. Licht an. Kinder frei."]
    assert origins(wordings) == [("Bus fährt.", 1), ("Licht an.", 0), ("Kinder frei.", 2)]
    assert origins([]) == []


def test_a_sentence_that_came_back_belongs_to_whoever_brought_it_back():
    assert origins(["A.", "B.", "A. B."]) == [("A.", 2), ("B.", 1)]
