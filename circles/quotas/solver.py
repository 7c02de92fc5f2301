"""HiGHS, set up so that the same question gets the same answer, silently and on one processor."""

from __future__ import annotations

import highspy


def solver(**options: float | str) -> highspy.Highs:
    """An empty maximisation with these options of HiGHS."""
    found: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    fixed = {"output_flag": False, "threads": 1, "random_seed": 1}
    for option, value in {**fixed, **options}.items():
        found.setOptionValue(option, value)
    found.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return found


def solve(model: highspy.Highs) -> bool:
    """Whether there is an optimum, now known; ArithmeticError unless the answer is clear."""
    model.run()
    status, kinds = model.getModelStatus(), highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return False  # nothing here is unbounded
    if status != kinds.kOptimal:
        raise ArithmeticError(f"HiGHS: {model.modelStatusToString(status)}")
    return True
