# SPDX-License-Identifier: Apache-2.0
"""How a constant, a setting or a member is written down, language by language.

A form is `language | case style | line | header lines ; ... | footer lines ; ... | types`. In a line {n} is the name,
{v} the value, {t} its type; {C} is a type name, {o} a noun, {O} the same in capitals. A block repeats the line with
other names. An empty `types` takes any value.
"""
import re

_FORMS = r"""
python | upper | {n} = {v} | | |
python | upper | {n} = {v} | # {o} settings | |
python | upper | {n}: {t} = {v} | | |
python | upper | {n}: Final = {v} | from typing import Final; | |
python | upper | {n} = int(os.environ.get("{n}", {v})) | import os; | | int
python | upper | {n} = os.environ.get("{n}", {v}) | | | str
python | upper | {n} = env.int("{n}", default={v}) | | | int
python | upper | {n} = float(os.getenv("{n}", "{v}")) | | | float
python | snake |     {n}: {t} = {v} | @dataclass;class {C}Config: | |
python | snake |     {n}: {t} = {v} | class {C}Settings(BaseSettings): | |
python | snake |     {n}: {t} = field(default={v}) | @dataclass(frozen=True);class {C}: | | int,str,float,bool
python | snake |         self.{n} = {v} | class {C}:;    def __init__(self, {o}): | |
python | upper |     {n} = {v} | class {C}: | |
python | snake |     {n} = {v} | class {C}Form:; | |
python | snake |     "{n}": {v}, | {O}_DEFAULTS = { | } |
python | kebab | parser.add_argument("--{n}", default={v}, help="{o} option") | parser = argparse.ArgumentParser() | |
python | kebab | parser.add_argument("--{n}", type=int, default={v}) | | args = parser.parse_args() | int
python | kebab | @click.option("--{n}", default={v}, show_default=True) | @click.command() | def main(**options): |
python | snake |     {n} = models.IntegerField(default={v}) | class {C}(models.Model): | | int
python | snake |     {n} = models.CharField(max_length=200, default={v}) | class {C}(models.Model): | | str
python | snake |     {n} = Column(Integer, default={v}) | class {C}(Base):;    __tablename__ = "{o}" | | int
js | upper | const {n} = {v}; | | |
js | upper | export const {n} = {v}; | | |
js | camel | const {n} = {v}; | | |
js | camel | let {n} = {v}; | function setup{C}() { | } |
js | camel |   {n}: {v}, | const defaults = { | }; |
js | camel |   {n}: {v}, | module.exports = { | }; |
js | camel |   {n}: {v}, | export default { | }; |
js | camel |     {n}: {v}, | export const {o}Config = {;  {o}: { |   },;}; |
js | camel |   static {n} = {v}; | class {C} { | } |
js | camel |     this.{n} = {v}; |   constructor() { |   } |
js | upper | const {n} = process.env.{n} \|\| {v}; | | | str,int
js | upper | exports.{n} = {v}; | 'use strict'; | |
js | upper | var {n} = {v}; | | |
ts | upper | export const {n}: {t} = {v}; | | |
ts | camel |   private {n}: {t} = {v}; | export class {C} { | |
ts | camel |   readonly {n} = {v}; | class {C} { | } |
ts | camel |   @Input() {n}: {t} = {v}; | | |
ts | pascal |   {n} = {v}, | export enum {C} { | } | int,str
ts | camel |   {n}: {v}, | export const options: {C}Options = { | }; |
ts | upper | export const {n} = {v} as const; | | | str,int
go | pascal | const {n} = {v} | | | int,float,str,bool,dur
go | camel | const {n} = {v} | package {o}; | | int,float,str,bool,dur
go | pascal | 	{n} = {v} | const ( | ) | int,float,str,bool,dur
go | camel | 	{n} {t} = {v} | const ( | ) | int,str,bool
go | camel | var {n} = {v} | | |
go | pascal | 	{n}: {v}, | var default{C} = {C}{ | } |
go | pascal | 		{n}: {v}, | 	return &{C}{ | 	} |
go | kebab | 	{o} = flag.Int("{n}", {v}, "{o} option") | var ( | ) | int
go | kebab | flag.StringVar(&{o}, "{n}", {v}, "the {o}") | | flag.Parse() | str
go | kebab | var {o} = flag.Duration("{n}", {v}, "{o} option") | | | dur
rust | upper | const {n}: {t} = {v}; | | |
rust | upper | pub const {n}: {t} = {v}; | | |
rust | upper | static {n}: {t} = {v}; | | |
rust | upper | pub(crate) const {n}: {t} = {v}; | //! {o} limits; | |
rust | snake |             {n}: {v}, | impl Default for {C} {;    fn default() -> Self {;        Self { |         } | int,float,bool,dur
rust | snake |     let {n} = {v}; | fn main() { | |
rust | kebab |     #[arg(long = "{n}", default_value_t = {v})] | #[derive(Parser)];struct Args { |     {o}: u32, | int
rust | pascal |     {n} = {v}, | #[repr(u16)];pub enum {C} { | } | int
c | upper | #define {n} {v} | | | int,float,str,list
c | upper | #define {n} ({v}) | #include <stddef.h>; | | int,float
c | snake | static const int {n} = {v}; | | | int
c | snake | static const char *{n} = {v}; | | | str
c | snake | const double {n} = {v}; | | | float
c | upper |     {n} = {v}, | enum {o}_flags { | }; | int
c | upper | 	{n} = {v}, | enum { | }; | int
c | snake |     .{n} = {v}, | static struct {o}_options {o}_defaults = { | }; |
c | snake | unsigned int {n} = {v}; /* {o} */ | | | int
c | snake | int {n} = {v}; | | | int
c | upper | # define {n} {v} | #ifndef {O}_H;# define {O}_H | #endif | int,float,str
cpp | k_camel | constexpr int {n} = {v}; | | | int
cpp | k_camel | static constexpr double {n} = {v}; | namespace {o} { | }  // namespace {o} | float
cpp | k_camel | constexpr auto {n} = {v}; | | | dur,int
cpp | k_camel | inline constexpr std::string_view {n} = {v}; | | | str
cpp | upper | #define {n} {v} | #pragma once; | | int,float,str
cpp | k_camel |   {n} = {v}, | enum class {C} : int { | }; | int
cpp | snake |   int {n} = {v}; | struct {C}Options { | }; | int
cpp | snake |   std::string {n} = {v}; | struct {C}Options { | }; | str
cpp | camel |     double {n} = {v}; | class {C} {;  private: | | float
cpp | snake | const std::vector<std::string> {n} = {v}; | | | list
cpp | snake |   bool {n} = {v}; | class {C} { | }; | bool
java | upper | public static final {t} {n} = {v}; | | |
java | upper |     private static final {t} {n} = {v}; | public class {C} { | |
java | upper |     static final {t} {n} = {v}; | final class {C} { | } |
java | camel |     private {t} {n} = {v}; | public class {C} { | |
java | camel |     @Value("${{o}.{n}:{v}}") | @Component;public class {C} { |     private String {o}; | int,bool
java | upper |     {n}({v}), | public enum {C} { | | int,str
java | upper |     {t} {n} = {v}; | interface {C}Constants { | } |
java | camel | 	@Column(name = "{n}", length = {v}) | @Entity;public class {C} { | 	private String {o}; | int
kotlin | upper | const val {n} = {v} | | | int,str,float,bool
kotlin | upper |     private const val {n} = {v} |     companion object { | } | int,str,float,bool
kotlin | camel | val {n} = {v} | | |
kotlin | camel |     val {n}: {t} = {v}, | data class {C}( | ) | int,str,float,bool
kotlin | camel |     var {n} = {v} | object {C} { | } |
kotlin | upper |     {n}({v}), | enum class {C}(val code: Int) { | | int
cs | pascal | public const {t} {n} = {v}; | | | int,str,bool,float
cs | pascal |     private const {t} {n} = {v}; | internal class {C};{ | } | int,str,bool,float
cs | pascal |     public {t} {n} { get; set; } = {v}; | public class {C}Options;{ | } | int,str,bool,float
cs | camel |     private readonly {t} {n} = {v}; | public sealed class {C};{ | | int,str,bool,float
cs | pascal |     public static readonly TimeSpan {n} = {v}; | | | dur
cs | pascal |     {n} = {v}, | public enum {C};{ | } | int
php | upper | const {n} = {v}; | <?php; | |
php | upper | define('{n}', {v}); | <?php | |
php | upper |     public const {n} = {v}; | class {C};{ | |
php | upper |     private const {n} = {v}; | final class {C} extends {C}Base;{ | } |
php | camel |     protected ${n} = {v}; | class {C} extends Model;{ | } |
php | snake |     '{n}' => {v}, | return [ | ]; |
php | snake |     '{n}' => env('{n}', {v}), | <?php;return [ | ]; | str,int,bool
php | snake | ${n} = {v}; | | |
ruby | upper | {n} = {v} | | |
ruby | upper |   {n} = {v}.freeze | class {C} | end | str,list
ruby | upper |   {n} = {v} | module {C} | end |
ruby | snake |   config.{n} = {v} | {C}.configure do \|config\| | end |
ruby | snake |   attribute :{n}, default: {v} | class {C} < ApplicationRecord | end |
ruby | snake |   {n}: {v}, | DEFAULTS = { | }.freeze |
ruby | snake |   option :{n}, default: {v} | class {C}CLI < Thor | |
ruby | snake |     @{n} = {v} |   def initialize | |
shell | upper | {n}={v} | #!/bin/sh | |
shell | upper | readonly {n}={v} | #!/usr/bin/env bash;set -euo pipefail | |
shell | upper | export {n}={v} | | |
shell | upper | {n}="${{n}:-{v}}" | #!/bin/bash | | int
shell | upper | : "${{n}:={v}}" | | | int
shell | snake | local {n}={v} | setup_{o}() { | } |
shell | upper | declare -r {n}={v} | | |
yaml | snake | {n}: {v} | # {o} | |
yaml | kebab | {n}: {v} | | |
yaml | snake |   {n}: {v} | {o}: | |
yaml | camel |   {n}: {v} | {o}: | |
yaml | kebab |     {n}: {v} | services:;  {o}: | |
yaml | camel |       {n}: {v} | spec:;  template:;    spec: | |
yaml | upper |       {n}: {v} |     environment: | |
yaml | upper |       - {n}={v} |     environment: | | int,str,bool
yaml | upper |   {n}: {v} | data: | |
yaml | snake |   - {n}: {v} | {o}s: | |
toml | snake | {n} = {v} | [{o}] | |
toml | kebab | {n} = {v} | [tool.{o}] | |
toml | kebab | {n} = {v}  # {o} | [{o}.defaults] | |
toml | snake | {n} = {v} | [[{o}]] | |
ini | snake | {n} = {v} | [{o}] | |
ini | snake | {n}={v} | # {o} settings;[{o}] | |
ini | upper | {n} {v} | # {o} | |
ini | camel | {n} = {v} | [{o}] | |
ini | dotted | {n} = {v} | # {o} | |
json | camel |   "{n}": {v}, | { | } |
json | snake |   "{n}": {v}, | { | } |
json | snake |     "{n}": {v}, |   "{o}": { |   } |
json | kebab |     "{n}": {v}, |   "{o}": { |   } |
json | dotted |   "{n}": {v}, | { | } |
json | camel | 	"{n}": {v}, | { | } |
json | camel |   { "name": "{n}", "value": {v} }, | "{o}": [ | ] |
env | upper | {n}={v} | # {o} | |
env | upper | {n}={v} | | |
env | upper | export {n}={v} | | |
docker | upper | ENV {n}={v} | FROM debian:stable-slim | |
docker | upper | ENV {n} {v} | FROM node:20-alpine | |
docker | upper | ARG {n}={v} | FROM golang:1.22 | |
docker | snake | LABEL {n}="{v}" | | | int,str
properties | dotted | {n}={v} | # {o} | |
properties | dotted | {n} = {v} | | |
css | kebab |   --{n}: {v}; | :root { | } |
css | kebab | ${n}: {v}; | // {o} | |
css | kebab | @{n}: {v}; | | |
css | kebab |   --{n}: {v}; | .{o} { | } |
make | upper | {n} = {v} | .PHONY: {o} | |
make | upper | {n} := {v} | | |
make | upper | {n} ?= {v} | # {o} | |
make | snake | {n} := {v} | all: {o} | |
sql | snake |     {n} INTEGER NOT NULL DEFAULT {v}, | CREATE TABLE {o}s ( | ); | int
sql | snake |     {n} VARCHAR(64) DEFAULT {v}, | CREATE TABLE {o} (;    id BIGINT PRIMARY KEY, | ); | str
sql | snake |   {n} NUMERIC(10, 2) NOT NULL DEFAULT {v}, | create table if not exists {o} ( | ); | float,int
sql | snake |     {n} BOOLEAN DEFAULT {v}, | CREATE TABLE {o} ( | ); | bool
sql | snake | ALTER TABLE {o} ADD COLUMN {n} INT DEFAULT {v}; | | | int
sql | snake | SET {n} = {v}; | | | int,str
sql | snake | INSERT INTO settings (name, value) VALUES ('{n}', {v}); | | | int,str,float
usage | kebab |   --{n} N            number of {o}s (default: {v}) | Options: | | int
usage | kebab |   --{n} <value>   set the {o} (default {v}) | Usage: {o} [options]; | | int,str
usage | kebab |   --{n}={v}    (default) | OPTIONS | | int,str
"""

TYPES = {
    "python": {"int": "int", "float": "float", "str": "str", "bool": "bool", "list": "list", "dur": "timedelta"},
    "ts": {"int": "number", "float": "number", "str": "string", "bool": "boolean", "list": "string[]", "dur": "number"},
    "go": {"int": "int", "float": "float64", "str": "string", "bool": "bool", "list": "[]string", "dur": "time.Duration"},
    "rust": {"int": "u32", "float": "f64", "str": "&str", "bool": "bool", "list": "&[&str]", "dur": "Duration"},
    "java": {"int": "int", "float": "double", "str": "String", "bool": "boolean", "list": "List<String>", "dur": "Duration"},
    "kotlin": {"int": "Int", "float": "Double", "str": "String", "bool": "Boolean", "list": "List<String>", "dur": "Long"},
    "cs": {"int": "int", "float": "double", "str": "string", "bool": "bool", "list": "string[]", "dur": "TimeSpan"},
}


class ConstForm:
    __slots__ = ("language", "style", "line", "header", "footer", "types")

    def __init__(self, text):
        parts = [part.replace("\x00", "|") for part in re.split(r" \|(?= |$)", text.replace(r"\|", "\x00"))]
        parts[1:] = [part[1:] for part in parts[1:]]
        parts += [""] * (6 - len(parts))
        self.language, self.style, self.line = parts[0].strip(), parts[1].strip(), parts[2].rstrip()
        self.header = [line.rstrip() for line in parts[3].split(";")] if parts[3].strip() else []
        self.footer = [line.rstrip() for line in parts[4].split(";")] if parts[4].strip() else []
        self.types = {kind.strip() for kind in parts[5].split(",")} - {""}


def _split_semicolons(forms):
    """A footer such as `};` or `setup();` keeps its semicolon: it stands before an end or another separator."""
    for form in forms:
        form.header, form.footer = _rejoined(form.header), _rejoined(form.footer)
    return forms


def _rejoined(lines):
    result = []
    for line in lines:
        if line == "" and result and result[-1].endswith(("}", ")", "'", "]", "freeze")):
            result[-1] += ";"
        else:
            result.append(line)
    return result


CONST_FORMS = _split_semicolons([ConstForm(line.strip("\n")) for line in _FORMS.strip("\n").split("\n")])
BY_LANGUAGE = {}
for _form in CONST_FORMS:
    BY_LANGUAGE.setdefault(_form.language, []).append(_form)


def fill(template, n="", v="", t="", C="", o=""):
    """Replaces the slots only: braces of the language stay."""
    return (template.replace("{v}", v).replace("{n}", n).replace("{t}", t).replace("{C}", C)
            .replace("{O}", o.upper()).replace("{o}", o))
