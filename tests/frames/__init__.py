"""Tables: every engine gives what the one function gives."""
