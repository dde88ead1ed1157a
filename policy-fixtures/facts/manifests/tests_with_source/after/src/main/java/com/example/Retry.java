class Retry { int attempts; }
