from tests.cast import make_world
from tests.once import once

world = once(make_world)
