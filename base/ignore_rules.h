// SPDX-License-Identifier: Apache-2.0
// Git's ignore patterns, exactly: parsing of a .gitignore file and matching of one path against it.
//
// Why not libgit2's own: at 1.5 it drops a "!" pattern of a nested file when no earlier pattern of
// that same file matches, and knows no other file names (.ignore). The test compares with git
// itself on generated trees. Source: gitignore(5); behaviour of git 2.39.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fathom {

struct IgnorePattern {
  std::string glob;             // without "!", the leading and the trailing "/"
  int line = 0;                 // in its file, from 1
  bool negated = false;         // "!": matching paths are kept
  bool directory_only = false;  // trailing "/"
  bool basename_only = false;   // no "/" inside: compared with the last component
};

// One file of patterns. A BOM, CR before LF, comments and trailing blanks are handled as git does.
std::vector<IgnorePattern> ParseIgnoreFile(std::string_view text);

struct IgnoreCandidate {
  std::string_view path;  // relative to the folder of the pattern file, "/" between components
  bool is_directory = false;
};

// The last pattern that matches, or nullptr: the file does not decide. Says nothing about parents
// of the path.
const IgnorePattern* LastMatch(const std::vector<IgnorePattern>& patterns,
                               const IgnoreCandidate& candidate);

// fnmatch as git does it: "**" between slashes spans folders, "*", "?" and "[...]" stay within one.
// Time is bounded by the product of both lengths, whatever the pattern.
bool GlobMatches(std::string_view glob, std::string_view path);

}  // namespace fathom
