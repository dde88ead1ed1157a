class RetryTest { void retries() {} }
