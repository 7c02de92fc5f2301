"""From the frozen version to the sealed file: places, evidence, paper, notices."""
