"""Leximin and maximin over type counts against a slower, independent way, and the published rows.

The other way lists every panel and asks of each type by itself whether it can still rise.
"""

import importlib.util
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product
from pathlib import Path

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circles import lottery
from circles.lottery import Declaration, LotteryRows, Pool, Quota, Seed
from circles.quotas import leximin as leximin_module
from circles.quotas.chances import chances, figures, published
from circles.quotas.exact import exact_weights
from circles.quotas.instance import Instance, instance
from circles.quotas.leximin import leximin, maximin
from circles.quotas.panels import NoPanel, Searched, every_panel, panels_of
from circles.quotas.specimens import assembly, specimens, toy

SCRIPT = Path(__file__).parents[2] / "static" / "los1" / "los1_verify.py"
QUICK = settings(max_examples=60, deadline=None, database=None, derandomize=True)
CLOSE = 1e-6


def keeps(each: Instance, counts) -> bool:
    seated = list(zip(each.types, counts, strict=True))
    return all(quota.met(seated) for quota in each.quotas)


def all_panels(each: Instance) -> list[tuple[int, ...]]:
    ways = product(*(range(min(size, each.seats) + 1) for size in each.sizes))
    return [counts for counts in ways if sum(counts) == each.seats and keeps(each, counts)]


@st.composite
def instances(draw):
    """Up to eight types of three attributes; the quotas may be impossible to keep."""
    names = [f"{a}|{b}|{c}" for a in "fm" for b in "oy" for c in "ns"]
    types = draw(st.sets(st.sampled_from(names), min_size=1, max_size=8))
    sizes = {name: draw(st.integers(1, 6)) for name in sorted(types)}
    seats = draw(st.integers(1, min(4, sum(sizes.values()))))
    asked = draw(st.sets(st.sampled_from([(0, "f"), (0, "m"), (1, "o"), (2, "n"), (2, "s")])))
    quotas = []
    for attribute, value in sorted(asked):
        least = draw(st.integers(0, 2))
        quotas.append(Quota(attribute, value, least, draw(st.integers(least, 4))))
    return instance(sizes, quotas, seats)


@st.composite
def possible_instances(draw):
    each = draw(instances().filter(all_panels))
    return each, draw(st.sampled_from([1000, 1_000_000]))


class Slow:
    """All panels as columns of one linear programme, built anew for each question."""

    def __init__(self, each: Instance) -> None:
        self.each, self.panels = each, all_panels(each)

    def highest(self, floors: dict[int, float], free: list[int]) -> float:
        """The highest level that all free types can have while the others keep their floors."""
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        level = model.addVariable(0, 1)
        weights = [model.addVariable(0, 1) for _ in self.panels]
        model.addConstr(sum(weights) == 1)
        for at, size in enumerate(self.each.sizes):
            pairs = zip(weights, self.panels, strict=True)
            seats = sum((weight * (counts[at] / size) for weight, counts in pairs), 0 * level)
            if at in free:
                model.addConstr(seats - level >= 0)
            elif at in floors:
                model.addConstr(seats >= floors[at] - 1e-9)
        model.maximize(1 * level)
        return float(model.val(level))

    def leximin(self) -> list[float]:
        floors: dict[int, float] = {}
        everybody = range(len(self.each.types))
        while free := [at for at in everybody if at not in floors]:
            level = self.highest(floors, free)
            alike = {**floors, **dict.fromkeys(free, level)}
            stuck = [
                at
                for at in free
                if self.highest({k: v for k, v in alike.items() if k != at}, [at]) < level + CLOSE
            ]
            floors |= dict.fromkeys(stuck, level)
        return [floors[at] for at in everybody]


def exact_chances(each: Instance, weighed) -> list[float]:
    return list(weighed.weights @ weighed.panels / list(each.sizes))


@QUICK
@given(instances())
def test_listed_panels_are_all_panels(each):
    found = every_panel(each, 10_000)
    assert sorted(map(tuple, found.astype(int).tolist())) == sorted(all_panels(each))


@QUICK
@given(possible_instances())
def test_leximin_is_that_of_full_enumeration(case):
    each, _total = case
    assert exact_chances(each, leximin(each)) == pytest.approx(Slow(each).leximin(), abs=CLOSE)


@QUICK
@given(possible_instances())
def test_generated_columns_find_the_same(case):
    """Too many panels to list: the integer programme answers instead."""
    each, _total = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leximin_module, "panels_of", Searched)
        found = exact_chances(each, leximin(each))
        patch.setattr(leximin_module, "_aimed", lambda *_: None)
        staged = exact_chances(each, leximin(each))
    wanted = exact_chances(each, leximin(each))
    assert found == pytest.approx(wanted, abs=CLOSE)
    assert staged == pytest.approx(wanted, abs=CLOSE)


@QUICK
@given(possible_instances())
def test_maximin_has_the_same_lowest_chance(case):
    each, _total = case
    fair = min(exact_chances(each, leximin(each)))
    assert min(exact_chances(each, maximin(each))) == pytest.approx(fair, abs=CLOSE)


@QUICK
@given(possible_instances())
def test_published_rows_keep_section_3(case):
    each, total = case
    weighed = leximin(each)
    rows = published(each, weighed, total=total, draw="a")
    assert LotteryRows.from_bytes(rows.to_bytes()) == rows
    assert sum(weight for weight, _ in rows.rows) == total
    for _weight, counts in rows.rows:
        assert sum(counts) == each.seats
        assert keeps(each, counts)
        assert all(0 <= n <= size for n, size in zip(counts, each.sizes, strict=True))
    # Largest remainder changes no weight by more than one part of the total.
    exact = dict(zip(each.types, exact_chances(each, weighed), strict=True))
    for at, (name, size) in enumerate(zip(each.types, each.sizes, strict=True)):
        bound = weighed.panels[:, at].sum() / (total * size) + 1e-7
        assert abs(float(chances(each, rows)[name]) - exact[name]) <= bound
    drawn = chances(each, rows)
    sizes = zip(each.types, each.sizes, strict=True)
    assert sum(drawn[name] * size for name, size in sizes) == each.seats
    strata = [t for t, n in zip(each.types, each.sizes, strict=True) for _ in range(n)]
    pool = Pool("a", tuple(f"{n:040x}" for n in range(len(strata))), tuple(strata))
    assert lottery.chances(pool, rows) == drawn


def load_script():
    spec = importlib.util.spec_from_file_location("los1_verify_quotas", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_programs_accept_a_folder_with_these_rows(tmp_path, capsys):
    script = load_script()
    for number, each in enumerate([toy(200, 20), assembly(90, 5, (2, 3), types=6, slack=0)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        rows = published(each, leximin(each), total=1000, draw="a")
        strata = [t for t, n in zip(each.types, each.sizes, strict=True) for _ in range(n)]
        pool = Pool("a", tuple(f"{n:040x}" for n in range(len(strata))), tuple(strata))
        told = Declaration(
            *("a", 1, each.seats, datetime(2023, 9, 1, 12, tzinfo=UTC)),
            *(pool.digest, rows.digest, "-", 0, 20, None),
        )
        seed = Seed(told.digest, 0, "-", "16253416253416253412", "-")
        files = {"pool": pool, "lottery": rows, "declaration": told, "seed": seed}
        for name, file in files.items():
            (folder / f"{name}.txt").write_bytes(file.to_bytes())
        result = lottery.draw(pool, told, seed, rows)
        assert lottery.main([str(folder)]) == 0
        ours = capsys.readouterr().out
        assert ours.endswith(f"result sha256 {result.digest}\n")
        assert script.main([str(folder)]) == 0
        assert capsys.readouterr().out == ours
        of = dict(zip(pool.tickets, pool.notes, strict=True))
        seated = Counter(of[ticket] for ticket in result.order[: each.seats])
        assert keeps(each, [seated[name] for name in each.types])


@QUICK
@given(possible_instances())
def test_weights_are_exact_fractions(case):
    each, _total = case
    weighed = leximin(each)
    weights = exact_weights(each, weighed)
    assert weights is not None
    assert sum(weights) == 1
    assert min(weights) >= 0
    drawn = [
        sum(weight * int(n) for weight, n in zip(weights, counts, strict=True)) / size
        for counts, size in zip(weighed.panels.T, each.sizes, strict=True)
    ]
    assert list(map(float, drawn)) == pytest.approx(Slow(each).leximin(), abs=CLOSE)
    # What looks the same in six decimals is the same.
    assert len(set(drawn)) == len({round(float(chance), 6) for chance in drawn})


@pytest.mark.parametrize(("people", "seats"), [(200, 20), (2000, 200)])
@pytest.mark.parametrize("total", [1000, 1_000_000, 1_000_000_000])
def test_everybody_in_the_published_toys_has_ten_percent(people, seats, total):
    each = toy(people, seats)
    rows = published(each, leximin(each), total=total, draw="a")
    by_type = chances(each, rows)
    assert set(by_type.values()) == {Fraction(1, 10)}
    shown = figures(each, by_type)
    assert (shown.lowest, shown.highest, shown.gini, shown.ratio) == (
        *(Fraction(1, 10), Fraction(1, 10)),
        *(0.0, 1),
    )
    assert shown.geometric_mean == pytest.approx(0.1)


def test_figures_count_people_not_types():
    each = instance({"a": 1, "b": 3}, [], 2)
    shown = figures(each, {"a": Fraction(1, 2), "b": Fraction(1, 2)})
    assert (shown.gini, shown.ratio) == (0.0, 1)
    shown = figures(each, {"a": Fraction(2, 1), "b": Fraction(0)})
    assert (shown.gini, shown.geometric_mean, shown.ratio) == (0.75, 0.0, None)


@pytest.mark.parametrize("way", ["listed", "searched"])
def test_a_gap_between_whole_and_divided_people(monkeypatch, way):
    """Three quotas around a triangle: halves would fill them, whole people cannot."""
    sizes = {"x|n|n": 2, "n|x|n": 2, "n|n|x": 2, "x|x|n": 4, "n|x|x": 4, "x|n|x": 4, "n|n|n": 9}
    each = instance(sizes, [Quota(place, "x", 0, 1) for place in range(3)], 4)
    targets = []
    if way == "searched":
        divided = leximin_module.relaxed
        monkeypatch.setattr(leximin_module, "panels_of", Searched)
        monkeypatch.setattr(
            leximin_module, "relaxed", lambda *ask: targets.append(ask) or divided(*ask)
        )
    found = exact_chances(each, leximin(each))
    assert found == pytest.approx(Slow(each).leximin(), abs=CLOSE)
    assert way == "listed" or len(targets) > 1, "the divided people were no gap"


def test_large_and_uneven_pools_are_searched_and_keep_every_quota():
    each = assembly(600, 40, (2, 3, 3, 4), types=60, slack=0, number=3)
    assert isinstance(panels_of(each), Searched)
    rows = published(each, leximin(each), total=1_000_000, draw="a")
    assert LotteryRows.from_bytes(rows.to_bytes()) == rows
    assert all(keeps(each, counts) for _weight, counts in rows.rows)
    again = published(each, leximin(each), total=1_000_000, draw="a")
    assert again == rows


def test_edges():
    everybody = instance({"a": 2, "b": 3}, [], 5)
    assert published(everybody, leximin(everybody), total=1, draw="a").rows == ((1, (2, 3)),)
    one = instance({"a": 7}, [Quota(0, "a", 1, 1), Quota(0, "nobody", 0, 3)], 1)
    assert published(one, leximin(one), total=1, draw="a").rows == ((1, (1,)),)
    many = instance({"a": 3, "b": 3, "c": 3}, [], 2)
    few = published(many, leximin(many), total=1, draw="a")
    assert sum(weight for weight, _ in few.rows) == 1
    with pytest.raises(NoPanel):
        leximin(instance({"a": 3, "b": 3}, [Quota(0, "a", 2, 3)], 1))


def test_specimens_are_as_large_as_they_say():
    found = specimens()
    usual, large = found["usual 240 to 5, 18 types"], found["large 1727 to 200, 257 types"]
    assert (usual.people, usual.seats, len(usual.types)) == (240, 5, 18)
    assert (large.people, large.seats, len(large.types)) == (1727, 200, 257)


def test_the_mathematics_knows_no_django():
    folder = Path(leximin_module.__file__).parent
    for path in folder.glob("*.py"):
        assert "django" not in path.read_text(), path.name
