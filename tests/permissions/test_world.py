def test_world_is_made(world):
    assert world.conversation.messages.count() == 1
