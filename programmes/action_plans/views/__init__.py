"""Views of plans, by what they are about: the plan, its rows, its cells, its frozen versions."""
