//! Serves `/health` and `/retry-policy` on the address given, 127.0.0.1:8080 by default.

use std::net::TcpListener;
use std::process::ExitCode;

use payment_service::http;
use payment_service::retry::RetryPolicy;

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let policy = std::fs::read_to_string("config/retry.conf")
        .map_err(|error| error.to_string())
        .and_then(|text| RetryPolicy::parse(&text).map_err(|error| error.to_string()));
    let served = policy.and_then(|policy| {
        let listener = TcpListener::bind(&address).map_err(|error| error.to_string())?;
        http::serve(&listener, &policy).map_err(|error| error.to_string())
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("payment-service: {error}");
            ExitCode::FAILURE
        }
    }
}
