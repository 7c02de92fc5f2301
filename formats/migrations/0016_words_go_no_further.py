"""Words that go on from somebody else's go no further than those, up to the root of the chain."""

import django.db.models.deletion
from django.db import migrations, models

WORDS_GO_NO_FURTHER = """
CREATE OR REPLACE FUNCTION formats_words_go_no_further() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reach CONSTANT text[] := ARRAY['owner', 'cohort', 'network', 'public'];
  source bigint := NEW.derived_from_id;
  words formats_knowledgeitem%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.derived_from_id IS DISTINCT FROM OLD.derived_from_id THEN
    RAISE EXCEPTION 'words-go-no-further: what an item goes on from never changes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'words_go_no_further';
  END IF;
  IF NEW.openness = 'owner' OR NEW.withdrawn_at IS NOT NULL THEN RETURN NEW; END IF;
  WHILE source IS NOT NULL LOOP
    -- Whoever withdraws the source at this moment is waited for, and waits for us.
    SELECT * INTO words FROM formats_knowledgeitem WHERE id = source FOR SHARE;
    IF (words.member_id IS NULL OR words.member_id IS DISTINCT FROM NEW.member_id) AND (
      words.is_restricted OR words.withdrawn_at IS NOT NULL
      OR (words.openness = 'cohort' AND words.cohort_id <> NEW.cohort_id)
      OR array_position(reach, words.openness::text) < array_position(reach, NEW.openness::text)
    ) THEN
      RAISE EXCEPTION 'words-go-no-further: the words of item % are not released so far', source
        USING ERRCODE = 'check_violation', CONSTRAINT = 'words_go_no_further';
    END IF;
    source := words.derived_from_id;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER words_go_no_further
  BEFORE INSERT OR UPDATE OF openness, derived_from_id, withdrawn_at ON formats_knowledgeitem
  FOR EACH ROW EXECUTE FUNCTION formats_words_go_no_further();
"""

UNDO = """
DROP TRIGGER words_go_no_further ON formats_knowledgeitem;
DROP FUNCTION formats_words_go_no_further();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0015_names_for_readers")]
    operations = [
        migrations.AlterField(
            "knowledgeitem",
            "derived_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="derived",
                to="formats.knowledgeitem",
            ),
        ),
        migrations.RunSQL(WORDS_GO_NO_FURTHER, UNDO),
    ]
