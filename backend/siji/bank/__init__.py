"""What is asked: items, passages, papers, blueprints, clocks, norm tables, audio, content loading."""
