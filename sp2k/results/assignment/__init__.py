"""Who should judge whom, with the check of the design before it is saved: can the panels be compared at all?"""
