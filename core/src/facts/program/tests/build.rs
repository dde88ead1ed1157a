//! Programs that build, test, format and install.

use super::check;

#[test]
fn cargo_and_go_run_code_of_the_project() {
    check(
        r##"
        cargo build => cargo build; !runs_project_code
        cargo b --release => cargo build; !runs_project_code
        cargo test -p x --lib -- --nocapture foo => cargo test; !runs_project_code
        cargo +nightly fmt --check => cargo fmt
        cargo fmt --all -- --check => cargo fmt
        cargo fmt => cargo fmt; write .
        cargo clippy --all-targets -- -D warnings => cargo clippy; !runs_project_code
        cargo clippy --fix => cargo clippy; !discards_work; !runs_project_code
        cargo check --manifest-path ../x/Cargo.toml
        => cargo check; read ../x/Cargo.toml; !runs_project_code
        cargo --config 'build.rustc="x"' build
        => cargo build; either "x"; !overrides_configuration; !runs_project_code
        cargo test --config target.x.runner='"sh"'
        => cargo test; either "sh"; !overrides_configuration; !runs_project_code
        cargo -Z unstable build => cargo build; !runs_project_code; dynamic
        cargo run --bin x -- a => cargo run; !runs_project_code
        cargo install ripgrep => cargo install; elsewhere; !fetches_data; !installs_packages
        cargo publish
        => cargo publish; elsewhere; !publishes_package; !runs_project_code; !sends_data
        cargo --version => cargo
        cargo tree -i serde => cargo tree
        cargo clean => cargo clean; delete-r target
        cargo xtask => cargo xtask; dynamic
        cargo nextest run => cargo nextest run; !runs_project_code
        cargo -q test => cargo test; !runs_project_code
        cargo metadata --format-version 1 => cargo metadata
        cargo vet => cargo vet; dynamic
        go test ./... => go test; read ./; !runs_project_code
        go build -o out ./cmd/x => go build; write out; read ./cmd/x; !runs_project_code
        go vet ./... => go vet; read ./; !runs_project_code
        go test -exec ./evil ./... => go test; read ./; run+ ./evil; !runs_project_code
        go build -toolexec ./evil => go build; run+ ./evil; !runs_project_code
        go test -run TestX -v -count=1 ./pkg => go test; read ./pkg; !runs_project_code
        go run main.go => go run; execute main.go; file main.go; !runs_project_code
        go get x => go get; elsewhere; !fetches_data; !installs_packages
        go env => go env
        go env -w GOFLAGS=x => go env; !overrides_configuration
        go version => go version
        go mod tidy => go mod tidy; elsewhere; !fetches_data
        go list -m all => go list
        go list ./... => go list; read ./
        go fmt ./... => go fmt; write .
        go generate ./... => go generate; write .; !runs_project_code
        gofmt -l . => gofmt; read .
        gofmt -w a.go => gofmt; write a.go
        gofmt a.go => gofmt; read a.go
        "##,
    );
}

#[test]
fn maven_and_gradle_are_told_by_their_last_phase() {
    check(
        r##"
        mvn -q test => mvn test; !runs_project_code
        mvn clean verify -DskipTests => mvn verify; delete-r target; !runs_project_code
        mvn test -Dtest=FooTest => mvn test; !runs_project_code
        mvn -Dexec.executable=x exec:exec
        => mvn exec:exec; !overrides_configuration; !runs_project_code
        mvn deploy => mvn deploy; elsewhere; !publishes_package; !runs_project_code; !sends_data
        mvn -s settings.xml test
        => mvn test; either settings.xml; !overrides_configuration; !runs_project_code
        mvn --version => mvn
        mvn -B -pl core -am test => mvn test; read core; !runs_project_code
        ./mvnw test => ./mvnw test; execute ./mvnw; !runs_project_code
        ./gradlew build => ./gradlew build; execute ./gradlew; !runs_project_code
        gradle test --tests FooTest => gradle test; !runs_project_code
        gradle -I init.gradle test
        => gradle test; execute init.gradle; file init.gradle; !runs_project_code
        gradle publish
        => gradle publish; elsewhere; !publishes_package; !runs_project_code; !sends_data
        gradle clean test => gradle test; delete-r build; !runs_project_code
        gradle --init-script=x test => gradle test; execute x; file x; !runs_project_code
        "##,
    );
}

#[test]
fn node_and_python_packages() {
    check(
        r##"
        npm test => npm test; !runs_project_code
        npm t => npm test; !runs_project_code
        npm run build => npm run build; !runs_project_code
        npm run build -- --watch => npm run build; !runs_project_code
        npm run => npm run; !runs_project_code
        npm --silent run lint => npm run lint; !runs_project_code
        npm ci => npm ci; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        npm install left-pad
        => npm install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        npm i => npm install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        npm --script-shell=./x test
        => npm test; either ./x; !overrides_configuration; !runs_project_code
        npm publish => npm publish; elsewhere; !publishes_package; !sends_data
        npm exec foo => npm exec; elsewhere; !fetches_data; !loads_code; !runs_project_code
        npx foo => npx; elsewhere; !fetches_data; !loads_code; !runs_project_code
        npm --version => npm
        npm config set x y => npm config set; !overrides_configuration; !runs_project_code
        npm ls => npm ls
        npm view x => npm view; elsewhere; !fetches_data
        npm foo => npm foo; dynamic
        yarn => yarn install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        yarn test => yarn test; !runs_project_code
        yarn build => yarn build; !runs_project_code
        pnpm -r run test => pnpm run test; !runs_project_code
        pnpm add x
        => pnpm install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        pytest -q tests/test_a.py::test_b => pytest; read tests/test_a.py; !runs_project_code
        pytest -p evil => pytest; !loads_code; !runs_project_code
        pytest -p no:cacheprovider -x => pytest; !runs_project_code
        pytest -c evil.ini
        => pytest; either evil.ini; !overrides_configuration; !runs_project_code
        pytest --pdbcls=x:y => pytest; !loads_code; !runs_project_code
        pytest -o addopts=x => pytest; either x; !overrides_configuration; !runs_project_code
        pytest -k 'a and b' -n auto --cov=src => pytest; read src; !runs_project_code
        pytest --version => pytest
        "##,
    );
}

#[test]
fn make_formatters_and_compilers() {
    check(
        r##"
        make => make; !runs_project_code
        make test => make test; !runs_project_code
        make -C sub all => make all; list sub; in sub; !runs_project_code
        make -f x.mk => make; execute x.mk; file x.mk; !runs_project_code
        make CC=evil => make; !overrides_configuration; !runs_project_code
        make SHELL=./x => make; !overrides_configuration; !runs_project_code
        make -n => make; !runs_project_code
        pip install x
        => pip install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        pip list => pip list
        pip --version => pip
        pip freeze => pip freeze
        uv run pytest -q => uv run; run pytest -q; !runs_project_code
        uv pip install x
        => uv pip install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        poetry run python x.py => poetry run; run python x.py; !runs_project_code
        poetry install
        => poetry install; elsewhere; !fetches_data; !installs_packages; !runs_project_code
        apt-get install x
        => apt-get; either install; either x; elsewhere; !fetches_data; !installs_packages
        brew list => brew; either list; elsewhere; !fetches_data; !installs_packages
        eslint --fix src => eslint; read src; write src; !runs_project_code
        eslint src => eslint; read src; !runs_project_code
        ruff check . => ruff; read check; read .; !runs_project_code
        ruff format . => ruff; read format; read .; write format; write .; !runs_project_code
        black --check . => black; read .
        black src => black; write src
        prettier --write src => prettier; write src
        prettier --check src => prettier; read src
        tsc --noEmit => tsc
        tsc => tsc; write .
        gcc -o x a.c => gcc; write x; read a.c
        rustc a.rs => rustc; read a.rs; write .; !loads_code
        cmake -B build => cmake; either build; !runs_project_code
        python3 -m unittest => python3; !runs_project_code
        python3 -m pytest -q => python3; run pytest -q
        python3 -m pip install x => python3; run pip install x
        python3 -m http.server => python3; !listens; !sends_data
        python3 -m json.tool a.json => python3; read a.json
        node -pe x => node; code node x; !executes_inline_code
        "##,
    );
}
