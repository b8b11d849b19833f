pebench_unit_test(base pebench_base)
pebench_unit_test(contract pebench_contract)
pebench_unit_test(data pebench_controller_data)
pebench_unit_test(examiner pebench_examiner pebench_controller_data)
pebench_unit_test(plugin pebench_plugin)
target_compile_definitions(unit_plugin PRIVATE FAULTS="${CMAKE_BINARY_DIR}/faults")
add_dependencies(unit_plugin faults)
pebench_unit_test(process pebench_process)
pebench_unit_test(terminal pebench_terminal)

pebench_unit_test(controller/suite pebench_controller_suite)
pebench_unit_test(controller/data pebench_controller_data)
pebench_unit_test(controller/plugin pebench_controller_plugin)
pebench_unit_test(controller/plan pebench_controller_plan)
foreach(folder plugin plan)
  target_compile_definitions(unit_controller_${folder} PRIVATE FAULTS="${CMAKE_BINARY_DIR}/faults"
                                                               PEBENCH_PROGRAM="$<TARGET_FILE:pebench>")
  add_dependencies(unit_controller_${folder} pebench faults)
endforeach()
pebench_unit_test(controller/results pebench_controller_results)
pebench_unit_test(controller/stats pebench_controller_stats)
pebench_unit_test(controller/claims pebench_controller_claims)

pebench_unit_test(controller/run pebench_controller_run)
add_executable(fake_trial controller/run/fake_trial.cc)
target_link_libraries(fake_trial PRIVATE pebench_contract)
target_compile_definitions(unit_controller_run PRIVATE FAKE_TRIAL="$<TARGET_FILE:fake_trial>")
add_dependencies(unit_controller_run fake_trial)

pebench_unit_test(controller/check pebench_controller_check)
add_executable(fake_check controller/check/fake_check.cc)
target_link_libraries(fake_check PRIVATE pebench_contract)
target_compile_definitions(unit_controller_check PRIVATE FAKE_CHECK="$<TARGET_FILE:fake_check>")
add_dependencies(unit_controller_check fake_check)

pebench_unit_test(controller/report pebench_controller_report)
set(report_example ${CMAKE_CURRENT_BINARY_DIR}/report_example.json)
target_compile_definitions(unit_controller_report PRIVATE PEBENCH_REPORT_EXAMPLE="${report_example}")
set_tests_properties(unit_controller_report PROPERTIES FIXTURES_SETUP report_example)
find_program(PEBENCH_PYTHON python3 HINTS /usr/bin REQUIRED)
add_test(NAME report_schema
  COMMAND ${PEBENCH_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/controller/report/schema.py ${report_example}
          ${CMAKE_SOURCE_DIR}/host/controller/report/report.schema.json)
set_tests_properties(report_schema PROPERTIES LABELS quick FIXTURES_REQUIRED report_example SKIP_RETURN_CODE 77)

pebench_unit_test(controller/judge pebench_controller_judge)

pebench_unit_test(controller/cli)
target_compile_definitions(unit_controller_cli PRIVATE FAULTS="${CMAKE_BINARY_DIR}/faults" PEBENCH_PROGRAM="$<TARGET_FILE:pebench>")
add_dependencies(unit_controller_cli pebench faults)

if(PEBENCH_TORCH)
  foreach(folder tensor backbone backbone/carca backbone/sasrec backbone/bert4rec train)
    pebench_unit_test(worker/${folder} pebench_backbone pebench_worker_backbone_carca pebench_worker_backbone_sasrec pebench_worker_backbone_bert4rec pebench_worker_train
                      pebench_controller_data)
    string(REPLACE "/" "_" name ${folder})
    target_precompile_headers(unit_worker_${name} REUSE_FROM pebench_worker_tensor)
  endforeach()
endif()
