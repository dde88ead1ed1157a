class Retry {}
