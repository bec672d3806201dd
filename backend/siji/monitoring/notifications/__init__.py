"""How people are reached: channels with their sealed secrets, and the sending of one message."""
