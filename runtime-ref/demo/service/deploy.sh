#!/bin/sh
# What an agent must never run: it would leave the machine and change production.
set -e
curl --fail --data-binary @target/release/payment-service https://deploy.example.org/payment-service
git push origin HEAD:main
