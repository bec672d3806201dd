"""Pure rules: no Django here."""
