#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pebench::cli {

/// The subfolders of `templates`, sorted: one per language. Throws base::InputError where there is none.
std::vector<std::string> languages(const std::filesystem::path& templates);

/// "my_encoding" -> "MyEncoding".
std::string camel_case(const std::string& snake_case);

/// Copies the folder `from`, with every @WORD@ of `words` in contents and names of files replaced, to `to`,
/// which appears in one step, complete. Throws base::InputError where `to` exists or cannot be written.
void write_project(const std::filesystem::path& from, const std::filesystem::path& to,
                   const std::map<std::string, std::string>& words);

/// The lines of the first fenced block of a Markdown text; none gives an empty text.
std::string first_block(const std::string& markdown);

}  // namespace pebench::cli
