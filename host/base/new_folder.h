#pragma once

#include <filesystem>
#include <string>

namespace pebench::base {

/// A folder that appears in one step with all that is in it: until then it lies beside its place under
/// another name, and goes with the object.
class NewFolder {
 public:
  /// Makes the folders above it. Throws InputError with the system's reason.
  explicit NewFolder(const std::filesystem::path& destination);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  /// Where to write until it appears.
  const std::filesystem::path& path() const { return temporary_; }
  /// Where it will appear, from the root.
  const std::filesystem::path& place() const { return destination_; }
  /// Its last name.
  std::string name() const { return destination_.filename().string(); }

  /// Puts it into its place. False, with nothing changed, if something is there already; throws InputError
  /// with another reason of the system.
  bool appear();

 private:
  std::filesystem::path destination_, temporary_;
};

/// Throws the InputError of a folder that should be made and is there.
[[noreturn]] void refuse_existing(const std::filesystem::path& folder);

}  // namespace pebench::base
