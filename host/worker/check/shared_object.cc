#include "host/worker/check/shared_object.h"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>
#include <string_view>

#include "host/base/error.h"
#include "host/base/file.h"

namespace pebench::check {
namespace {

/// The bytes of an ELF file, read with bounds.
class Elf {
 public:
  explicit Elf(const std::filesystem::path& path) : path_(path), bytes_(base::read_file(path)) {
    header_ = at<Elf64_Ehdr>(0);
    if (std::memcmp(header_.e_ident, ELFMAG, SELFMAG) != 0 || header_.e_ident[EI_CLASS] != ELFCLASS64)
      refuse("is no 64-bit ELF file");
    if (header_.e_shoff == 0) refuse("has no section headers: link it without stripping them");
    for (std::size_t i = 0; i < header_.e_shnum; ++i)
      sections_.push_back(at<Elf64_Shdr>(header_.e_shoff + i * header_.e_shentsize));
  }

  const std::vector<Elf64_Shdr>& sections() const { return sections_; }

  template <class Entry>
  std::vector<Entry> entries(const Elf64_Shdr& section) const {
    std::vector<Entry> all;
    for (std::uint64_t i = 0; i < section.sh_size / sizeof(Entry); ++i)
      all.push_back(at<Entry>(section.sh_offset + i * sizeof(Entry)));
    return all;
  }

  /// A text of the string table that `section` is linked to.
  std::string text(const Elf64_Shdr& section, std::uint64_t offset) const {
    if (section.sh_link >= sections_.size()) refuse("is damaged");
    const std::uint64_t begin = sections_[section.sh_link].sh_offset + offset;
    const std::size_t end = begin < bytes_.size() ? bytes_.find('\0', begin) : std::string::npos;
    if (end == std::string::npos) refuse("is cut off");
    return bytes_.substr(begin, end - begin);
  }

 private:
  template <class Struct>
  Struct at(std::uint64_t offset) const {
    Struct value;
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof value) refuse("is cut off");
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }

  [[noreturn]] void refuse(const char* why) const {
    throw base::InputError(fmt::format("{} {}", path_.string(), why));
  }

  std::filesystem::path path_;
  std::string bytes_;
  Elf64_Ehdr header_;
  std::vector<Elf64_Shdr> sections_;
};

/// Symbols of the linker's own, which older linkers put into every library.
bool is_of_the_linker(std::string_view name) {
  for (std::string_view own : {"_init", "_fini", "__bss_start", "_edata", "_end"})
    if (name == own) return true;
  return false;
}

}  // namespace

SharedObject read_shared_object(const std::filesystem::path& path) {
  const Elf elf(path);
  SharedObject object;
  for (const Elf64_Shdr& section : elf.sections()) {
    if (section.sh_type == SHT_DYNAMIC) {
      for (const auto& entry : elf.entries<Elf64_Dyn>(section)) {
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED) object.needed.push_back(elf.text(section, entry.d_un.d_val));
      }
    } else if (section.sh_type == SHT_DYNSYM) {
      for (const auto& symbol : elf.entries<Elf64_Sym>(section)) {
        const auto binding = ELF64_ST_BIND(symbol.st_info), visibility = ELF64_ST_VISIBILITY(symbol.st_other);
        const bool defined = symbol.st_shndx != SHN_UNDEF && binding != STB_LOCAL;
        if (!defined || visibility == STV_HIDDEN || visibility == STV_INTERNAL) continue;
        std::string name = elf.text(section, symbol.st_name);
        if (is_of_the_linker(name)) continue;
        if (binding == STB_GNU_UNIQUE) object.unique.push_back(name);
        object.exported.push_back(std::move(name));
      }
    }
  }
  return object;
}

}  // namespace pebench::check
