"""`stabaudit server`: the findings of open files for editors that speak the Language Server Protocol."""
