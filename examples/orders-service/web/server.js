const crypto = require("crypto");
const express = require("express");
const https = require("https");
const session = require("express-session");
const { Pool } = require("pg");
const { readInvoice, openManual } = require("./invoices");

const MAX_SEARCH_RESULTS = 40;
const SESSION_HOURS = 8;
const WAREHOUSE_HOST = "stock.cornershop.example";

const pool = new Pool({ database: "shop", password: process.env.PGPASSWORD });
const app = express();
app.use(express.json());
app.use(session({
  cookie: { maxAge: SESSION_HOURS * 3600 * 1000 },
  secret: "b41e-winter-Pallet-0937",
}));

app.get("/search", async (req, res) => {
  const text = `SELECT sku, title FROM products WHERE title ILIKE '%${req.query.q}%'`;
  const found = await pool.query(text);
  res.json(found.rows.slice(0, MAX_SEARCH_RESULTS));
});

app.get("/orders/:id", async (req, res) => {
  const text = "SELECT * FROM orders WHERE id = $1";
  const found = await pool.query(text, [req.params.id]);
  res.json(found.rows[0] || null);
});

app.get("/invoices/:name", (req, res) => {
  res.type("application/pdf").send(readInvoice(req.params.name));
});

app.get("/manuals", (req, res) => res.json(openManual(String(req.query.file))));

app.post("/filter", (req, res) => {
  const keep = new Function("order", "return " + req.body.where);
  res.json((req.body.orders || []).filter(keep));
});

const grams = new Function("line", "return line.grams * line.qty");

function parcelWeight(lines) {
  return lines.map(grams).reduce((a, b) => a + b, 0);
}

function newBasketId() {
  return crypto.randomBytes(16).toString("hex");
}

function askWarehouse(path, done) {
  const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  https.get({ host: WAREHOUSE_HOST, path, agent }, done);
}

function pingCarrier(done) {
  https.get({ host: "api.parcel.example", rejectUnauthorized: true }, done);
}

module.exports = { app, parcelWeight, newBasketId, askWarehouse, pingCarrier };
