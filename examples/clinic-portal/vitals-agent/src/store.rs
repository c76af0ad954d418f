//! Readings in SQLite; a month fits easily.
use std::path::Path;

use anyhow::Result;
use rusqlite::{params, Connection, Row};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    pub bed: String,
    pub taken_at: String,
    pub pulse: u16,
    pub spo2: u8,
}

#[derive(Debug, Serialize)]
pub struct Alarm {
    pub monitor: String,
    pub text: String,
}

pub struct Store {
    conn: Connection,
}

const READING: &str = "SELECT bed, taken_at, pulse, spo2 FROM reading";

impl Store {
    pub fn open(path: &Path) -> Result<Self> {
        let conn = Connection::open(path)?;
        conn.execute_batch(include_str!("schema.sql"))?;
        Ok(Self { conn })
    }

    pub fn add(&self, reading: &Reading) -> Result<()> {
        self.conn.execute(
            "INSERT INTO reading (bed, taken_at, pulse, spo2) VALUES (?1, ?2, ?3, ?4)",
            params![reading.bed, reading.taken_at, reading.pulse, reading.spo2],
        )?;
        Ok(())
    }

    pub fn between(&self, bed: &str, from: &str, to: &str) -> Result<Vec<Reading>> {
        let sql = format!("{READING} WHERE bed = ?1 AND taken_at BETWEEN ?2 AND ?3");
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map(params![bed, from, to], reading)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn latest(&self, bed: &str) -> Result<Option<Reading>> {
        let sql = format!("{READING} WHERE bed = ?1 ORDER BY taken_at DESC LIMIT 1");
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query_map([bed], reading)?;
        Ok(rows.next().transpose()?)
    }

    pub fn alarms(&self, monitor: &str) -> Result<Vec<Alarm>> {
        let sql = format!("SELECT monitor, text FROM alarm WHERE monitor LIKE '{monitor}%'");
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Alarm { monitor: row.get(0)?, text: row.get(1)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn unsent(&self) -> Result<Vec<Reading>> {
        let mut statement = self.conn.prepare(
            "SELECT bed, taken_at, pulse, spo2 FROM reading WHERE sent = 0 LIMIT 500",
        )?;
        let rows = statement.query_map([], reading)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn mark_sent(&self) -> Result<usize> {
        Ok(self.conn.execute("UPDATE reading SET sent = 1 WHERE sent = 0", [])?)
    }
}

fn reading(row: &Row<'_>) -> rusqlite::Result<Reading> {
    Ok(Reading { bed: row.get(0)?, taken_at: row.get(1)?, pulse: row.get(2)?, spo2: row.get(3)? })
}
