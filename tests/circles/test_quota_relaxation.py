"""Quotas that cannot be kept: the smallest change is found, works, and is said in sentences."""

from itertools import product

from hypothesis import given

from circles.drawing.quota_sentences import of_idle, of_relaxation
from circles.lottery import Quota
from circles.quotas.instance import instance
from circles.quotas.relaxation import relaxed_quotas
from tests.circles.test_quotas import QUICK, all_panels, instances, keeps


def changed(each, changes):
    new = dict(changes)
    quotas = [new.get(quota, quota) for quota in each.quotas]
    return instance(dict(zip(each.types, each.sizes, strict=True)), quotas, each.seats)


def smallest(each):
    """(people, limits) of the cheapest change, over every choice of people."""
    prices = []
    for counts in product(*(range(min(n, each.seats) + 1) for n in each.sizes)):
        if sum(counts) != each.seats:
            continue
        price = [0, 0]
        for quota in each.quotas:
            has = sum(counts[at] for at in each.concerned(quota))
            gap = max(quota.least - has, has - quota.most, 0)
            price = [price[0] + gap, price[1] + (gap > 0)]
        prices.append(tuple(price))
    return min(prices)


@QUICK
@given(instances())
def test_the_smallest_change_works_and_is_the_smallest(each):
    changes = relaxed_quotas(each)
    price = sum(asked.least - new.least + new.most - asked.most for asked, new in changes)
    limits = sum((asked.least != new.least) + (asked.most != new.most) for asked, new in changes)
    assert (price, limits) == smallest(each)
    assert (changes == []) == bool(all_panels(each))
    possible = changed(each, changes)
    assert any(keeps(possible, counts) for counts in all_panels(possible))


def sentences(types, quotas, seats):
    each = instance(types, quotas, seats)
    return of_relaxation(each, relaxed_quotas(each), lambda quota: quota.value)


def test_each_kind_of_change_has_its_sentence():
    types = {"f|young": 4, "m|old": 4}
    assert sentences(types, [Quota(0, "f", 5, 6)], 6) == ["Lower the minimum of “f” from 5 to 4."]
    assert sentences(types, [Quota(0, "f", 0, 1)], 6) == ["Raise the maximum of “f” from 1 to 2."]
    assert sentences(types, [Quota(1, "baby", 2, 3)], 6) == [
        "Nobody is “baby”: lower its minimum from 2 to 0."
    ]


def test_a_quota_that_counts_nobody_is_told():
    each = instance({"f": 4}, [Quota(0, "f", 0, 2), Quota(0, "x", 0, 1)], 2)
    assert of_idle(each.idle_quotas(), lambda quota: quota.value) == [
        "Nobody is “x”, so this quota changes nothing."
    ]
