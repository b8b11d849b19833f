# `cmake --install build/release`: programs, plugins, suites, headers and the package `pebench`, free to be moved as a whole.
# `--component abi` installs the headers and the package `pebench-abi` alone.
include(CMakePackageConfigHelpers)
set(suites_dir ${CMAKE_INSTALL_DATADIR}/pebench/suites)
set(plugins_dir ${CMAKE_INSTALL_LIBDIR}/pebench/plugins)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pebench)

install(TARGETS pebench EXPORT pebench)
install(EXPORT pebench FILE pebench-targets.cmake NAMESPACE pebench:: DESTINATION ${package_dir})
configure_package_config_file(tools/cmake/pebench-config.cmake.in pebench-config.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS suites_dir plugins_dir CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(pebench-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pebench-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/pebench-config-version.cmake
        DESTINATION ${package_dir})

install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/pebench)
install(DIRECTORY python DESTINATION ${CMAKE_INSTALL_DATADIR}/pebench PATTERN __pycache__ EXCLUDE)
install(DIRECTORY suites/ DESTINATION ${suites_dir} FILES_MATCHING PATTERN "*.toml")
install(FILES host/controller/report/report.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/pebench)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
