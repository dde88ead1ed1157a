class RetryTest {}
