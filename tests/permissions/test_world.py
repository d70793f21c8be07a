def test_world_is_made(world):
    assert world.thread.messages.count() == 1
