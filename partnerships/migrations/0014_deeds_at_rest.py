"""While a partnership rests, no new step, project or lab begins either."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0013_contact_names_shown")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER partnerships_at_rest BEFORE INSERT ON partnerships_{table}"
            " FOR EACH ROW EXECUTE FUNCTION partnerships_refuse_at_rest()",
            f"DROP TRIGGER partnerships_at_rest ON partnerships_{table}",
        )
        for table in ("action", "project", "citylab")
    ]
