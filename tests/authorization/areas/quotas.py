"""The quotas of a call: what their form is sent."""

PLAIN: dict[str, dict[str, object]] = {
    "call_quotas": {
        "question_1_de": "Wie alt sind Sie?",
        "question_1_en": "How old are you?",
        "values_1": "unter 30 | under 30 | 1 | 3\n30 oder älter | 30 or older | 2 | 4",
    }
}
DEPENDENT: dict[str, object] = {}


def places(world):
    return {}
