"""From an everyday need to an order: visions, ideas, votes, priorities, work orders."""
