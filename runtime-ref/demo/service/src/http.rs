//! Just enough HTTP for a health check.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::net::TcpListener;

use crate::retry::RetryPolicy;

/// Answers requests one after the other.
pub fn serve(listener: &TcpListener, policy: &RetryPolicy) -> std::io::Result<()> {
    for stream in listener.incoming() {
        let mut stream = stream?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line)?;
        stream.write_all(respond(&line, policy).as_bytes())?;
    }
    Ok(())
}

/// Returns the answer to a request whose first line is `line`.
pub fn respond(line: &str, policy: &RetryPolicy) -> String {
    let (status, body) = match line.split_whitespace().nth(1) {
        Some("/health") => ("200 OK", "ok\n".to_owned()),
        Some("/retry-policy") => ("200 OK", format!("{:?}\n", policy.delays())),
        _ => ("404 Not Found", "not found\n".to_owned()),
    };
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
