"""What is arranged before anybody judges: who judges whom, in which order, and the lists to print and send."""
