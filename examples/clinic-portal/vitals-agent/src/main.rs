//! Collects the vital signs of a ward's monitors and hands them on.
mod config;
mod diagnostics;
mod store;
mod upload;

use std::collections::HashMap;

use anyhow::{Context, Result};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::config::Config;
use crate::store::{Reading, Store};

fn main() -> Result<()> {
    let config = Config::from_env()?;
    let store = Store::open(&config.database)?;
    let server = Server::http(&config.listen).map_err(|error| anyhow::anyhow!(error))?;
    let uploader = upload::Uploader::new(&config)?;
    for mut request in server.incoming_requests() {
        let answer = route(&config, &store, &uploader, &mut request);
        let (status, kind, body) = match answer {
            Ok((kind, body)) => (200, kind, body),
            Err(error) => {
                eprintln!("{} {}: {error:#}", request.method(), request.url());
                (500, "text/plain", "the request failed".to_string())
            }
        };
        let header = Header::from_bytes("Content-Type", kind).expect("a valid header");
        let response = Response::from_string(body).with_status_code(status).with_header(header);
        request.respond(response)?;
    }
    Ok(())
}

fn route(
    config: &Config,
    store: &Store,
    uploader: &upload::Uploader,
    request: &mut Request,
) -> Result<(&'static str, String)> {
    let (path, query) = split(request.url());
    let query = parameters(query);
    let get = |name: &str| query.get(name).cloned().unwrap_or_default();
    match (request.method(), path) {
        (Method::Post, "/readings") => {
            let reading: Reading = serde_json::from_reader(request.as_reader())?;
            store.add(&reading)?;
            Ok(("application/json", "{}".into()))
        }
        (Method::Get, "/readings") => {
            let found = store.between(&get("bed"), &get("from"), &get("to"))?;
            Ok(("application/json", serde_json::to_string(&found)?))
        }
        (Method::Get, "/alarms") => {
            let found = store.alarms(&get("monitor"))?;
            Ok(("application/json", serde_json::to_string(&found)?))
        }
        (Method::Get, "/bed") => {
            let page = bed_page(&get("bed"), store.latest(&get("bed"))?);
            Ok(("text/html; charset=utf-8", page))
        }
        (Method::Get, "/trace") => {
            let trace = diagnostics::trace(config, &get("file"))?;
            Ok(("text/plain", trace))
        }
        (Method::Get, "/reach") => Ok(("text/plain", diagnostics::reach(&get("host"))?)),
        (Method::Post, "/flush") => {
            let sent = uploader.flush(store)?;
            Ok(("application/json", format!("{{\"sent\":{sent}}}")))
        }
        _ => anyhow::bail!("no such page"),
    }
}

/// A page for the small display beside the bed.
fn bed_page(bed: &str, latest: Option<Reading>) -> String {
    let mut page = String::from("<!doctype html><meta http-equiv=refresh content=5>");
    page.push_str(&format!("<h1>Bed {bed}</h1>"));
    match latest {
        Some(reading) => page.push_str(&format!(
            "<p class=\"pulse\">{}</p><p class=\"spo2\">{}</p>",
            reading.pulse, reading.spo2
        )),
        None => page.push_str("<p>No reading yet.</p>"),
    }
    page
}

fn split(url: &str) -> (&str, &str) {
    url.split_once('?').unwrap_or((url, ""))
}

fn parameters(query: &str) -> HashMap<String, String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_string(), decode(value)))
        .collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let text = std::str::from_utf8(&digits).unwrap_or("20");
                bytes.push(u8::from_str_radix(text, 16).unwrap_or(b' '));
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[allow(dead_code)]
fn hostname() -> Result<String> {
    let text = std::fs::read_to_string("/etc/hostname").context("host name")?;
    Ok(text.trim().to_string())
}
