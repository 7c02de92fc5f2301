"""Fill the keys of applications that are there already: batch by batch, so that nobody waits."""

from django.db import migrations

from foundation.languages import search_key

BATCH = 1000


def fill(apps, schema_editor):
    application = apps.get_model("circles", "Application")
    last = 0
    while batch := list(application.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for each in batch:
            digits = "".join(sign for sign in each.phone if sign in "0123456789")
            each.name_key = search_key(each.name)[:200]
            each.phone_key = digits[-9:] if len(digits) >= 6 else ""
            compact = each.reference.replace("-", "")
            words = (each.name, each.email, each.reference, compact)
            each.looked_for = " ".join(filter(None, map(search_key, words)))[:700]
            if each.identity.startswith("ref:"):
                each.way = "letter"
        application.objects.bulk_update(
            batch, ["name_key", "phone_key", "looked_for", "way"], batch_size=BATCH
        )
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("circles", "0101_trials_drafts_likenesses")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
