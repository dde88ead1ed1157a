module github.com/acme/ledger

go 1.23.0

toolchain go1.23.2

require (
	github.com/jackc/pgx/v5 v5.6.0
	github.com/spf13/cobra v1.8.1
	go.uber.org/zap v1.27.0
)

require (
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	golang.org/x/crypto v0.26.0 // indirect
)
