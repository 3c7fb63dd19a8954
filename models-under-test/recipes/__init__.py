"""How each model under test is made, one file per family."""
