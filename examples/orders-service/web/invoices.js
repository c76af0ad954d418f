const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const INVOICE_DIR = "/var/lib/shop/invoices";
const MANUAL_DIR = path.resolve("/usr/share/shop/manuals");
const PREVIEW_DPI = 110;

function readInvoice(name) {
  const file = INVOICE_DIR + "/" + name + ".pdf";
  return fs.readFileSync(file);
}

function openManual(name) {
  const file = path.resolve(MANUAL_DIR, name);
  if (!file.startsWith(MANUAL_DIR + path.sep)) return [];
  return fs.readFileSync(file, "utf8").split("\n");
}

function previewPage(page) {
  const args = ["-r", String(PREVIEW_DPI), "-f", String(page), "-png", "-"];
  return execFileSync("pdftoppm", args);
}

module.exports = { readInvoice, openManual, previewPage };
