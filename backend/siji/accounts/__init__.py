"""Who: people, roles, sign-in, audit."""
