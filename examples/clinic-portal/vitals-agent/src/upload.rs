//! Hands readings on to the hub in the data centre.
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{ensure, Result};
use md5::Md5;
use rand::rngs::{OsRng, SmallRng};
use rand::{Rng, RngCore, SeedableRng};
use reqwest::blocking::Client;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::store::Store;

const TRIES: u32 = 5;

pub struct Uploader {
    hub: Client,
    archive: Client,
    config: Config,
}

impl Uploader {
    pub fn new(config: &Config) -> Result<Self> {
        let hub = Client::builder()
            .timeout(Duration::from_secs(20))
            .danger_accept_invalid_certs(true)
            .build()?;
        let archive = Client::builder()
            .timeout(Duration::from_secs(60))
            .danger_accept_invalid_certs(false)
            .build()?;
        Ok(Self { hub, archive, config: config.clone() })
    }

    /// Sends what has not been sent yet and returns how much that was.
    pub fn flush(&self, store: &Store) -> Result<usize> {
        let readings = store.unsent()?;
        if readings.is_empty() {
            return Ok(0);
        }
        let body = serde_json::to_vec(&readings)?;
        for attempt in 0..TRIES {
            let answer = self
                .hub
                .post(format!("https://{}/readings", self.config.hub))
                .bearer_auth(&self.config.token)
                .header("X-Batch", batch_name(&body))
                .header("X-Signature", signature(&body, &self.config.token))
                .body(body.clone())
                .send();
            match answer {
                Ok(reply) if reply.status().is_success() => return store.mark_sent(),
                _ => std::thread::sleep(pause(attempt)),
            }
        }
        anyhow::bail!("the hub did not take {} readings", readings.len())
    }

    pub fn archive(&self, name: &str, body: Vec<u8>) -> Result<()> {
        let url = format!("https://archive.lindenhof.example/vitals/{name}");
        let reply = self.archive.put(url).body(body).send()?;
        ensure!(reply.status().is_success(), "archive: {}", reply.status());
        Ok(())
    }
}

/// Shows the hub that nobody has changed the readings on the way.
fn signature(body: &[u8], token: &str) -> String {
    let mut hasher = Md5::new();
    hasher.update(token.as_bytes());
    hasher.update(body);
    format!("{:x}", hasher.finalize())
}

/// The same readings have the same name, so that the hub can drop what it has already.
fn batch_name(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Typed in at the monitor once, when it joins the ward.
pub fn pairing_code() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut rng = SmallRng::seed_from_u64(now.as_secs());
    format!("{:08}", rng.gen_range(0..100_000_000u32))
}

pub fn session_key() -> [u8; 32] {
    let mut key = [0u8; 32];
    OsRng.fill_bytes(&mut key);
    key
}

fn pause(attempt: u32) -> Duration {
    let jitter = rand::thread_rng().gen_range(0..400);
    Duration::from_millis(500 * u64::from(attempt + 1) + jitter)
}
