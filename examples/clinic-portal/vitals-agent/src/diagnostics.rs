//! For the technicians: traces of monitors, and whether a monitor can be reached.
use std::fs;
use std::process::Command;

use anyhow::{ensure, Context, Result};

use crate::config::Config;

/// A trace that a monitor has left in the folder of traces.
pub fn trace(config: &Config, file: &str) -> Result<String> {
    let place = config.traces.join(file);
    fs::read_to_string(&place).with_context(|| format!("trace {}", place.display()))
}

/// The trace that a technician has chosen from the list.
pub fn trace_checked(config: &Config, file: &str) -> Result<String> {
    let root = config.traces.canonicalize()?;
    let place = root.join(file).canonicalize()?;
    ensure!(place.starts_with(&root), "{file} is no trace");
    Ok(fs::read_to_string(place)?)
}

pub fn reach(host: &str) -> Result<String> {
    let line = format!("ping -c 1 -W 2 {host} | tail -2");
    let done = Command::new("sh").arg("-c").arg(&line).output()?;
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

pub fn route_to(host: &str) -> Result<String> {
    ensure!(!host.starts_with('-'), "{host} is no host");
    let done = Command::new("traceroute").args(["-m", "8", host]).output()?;
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

pub fn uptime() -> Result<String> {
    let done = Command::new("sh").args(["-c", "uptime | cut -d, -f1"]).output()?;
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}
