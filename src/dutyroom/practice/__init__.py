"""The practice room: a scenario's calls ring for trainees, apart from the real room."""
