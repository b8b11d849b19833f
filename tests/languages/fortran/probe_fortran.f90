!> An encoder that fails where the suite says, in the ways that Fortran has; see languages_test.cc.
module probe_fortran
  use, intrinsic :: ieee_arithmetic, only: ieee_value, ieee_negative_inf
  use pebench
  implicit none

  type, extends(encoder_t) :: probe_t
    character(:), allocatable :: place, way
    type(custom_t) :: product
    type(tensor_t) :: kept
  contains
    procedure :: create, begin, input, rotate, bias, value, output
  end type

  !> a * b, elementwise
  type, extends(operation_t) :: product_t
    character(:), allocatable :: place, way
  contains
    procedure :: infer, forward, backward
  end type

  interface fail
    module procedure fail_hook, fail_callback
  end interface

contains

  subroutine create(self, build, config, values)
    class(probe_t), intent(inout) :: self
    type(build_t), intent(inout) :: build
    type(config_t), intent(in) :: config
    type(values_t), intent(in) :: values
    type(product_t) :: operation

    if (values%integer("whole") /= 3 .or. .not. values%logical("flag") .or. values%text("file") /= "") &
      call build%fail("options do not arrive")
    self%place = values%text("place")
    self%way = values%text("way")
    if (self%place == "create") then
      if (self%way == "unsupported") call build%unsupported("thrown in create")
      call build%fail("thrown in create")
    end if
    operation%place = self%place
    operation%way = self%way
    self%product = build%custom(operation, "product")
  end subroutine

  subroutine fail_hook(pass, place, way, here)
    type(pass_t), intent(in) :: pass
    character(*), intent(in) :: place, way, here

    if (place /= here) return
    select case (way)
    case ("unsupported"); call pass%unsupported("thrown in " // here)
    case ("invalid"); call pass%fail("thrown in " // here, PEB_E_INVALID)
    case ("stop"); error stop "thrown in the probe"
    case default; call pass%fail("thrown in " // here)
    end select
  end subroutine

  subroutine fail_callback(callback, place, way, here)
    type(callback_t), intent(inout) :: callback
    character(*), intent(in) :: place, way, here

    if (place /= here) return
    select case (way)
    case ("unsupported"); call callback%unsupported("thrown in " // here)
    case ("invalid"); call callback%fail("thrown in " // here, PEB_E_INVALID)
    case default; call callback%fail("thrown in " // here)
    end select
  end subroutine

  subroutine begin(self, pass)
    class(probe_t), intent(inout) :: self
    type(pass_t), intent(in) :: pass

    if (self%kept%handle == 0) self%kept = pass%full(1d0, [1])
    call fail(pass, self%place, self%way, "begin")
  end subroutine

  !> x^2 + x, or the sum with a tensor of the first pass
  subroutine input(self, sequence, x)
    class(probe_t), intent(in) :: self
    type(sequence_t), intent(in) :: sequence
    type(tensor_t), intent(inout) :: x
    type(tensor_t) :: made(1)

    call fail(sequence%pass, self%place, self%way, "input")
    if (self%way == "stale") then
      x = x + self%kept
    else
      made = self%product%run([x, x + 1], 1)
      x = made(1)
    end if
  end subroutine

  subroutine rotate(self, site, q, k)
    class(probe_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: q, k

    call fail(site%pass, self%place, self%way, "rotate")
  end subroutine

  !> Products of hidden states, or nothing without them; and a bound that is none on the way there.
  subroutine bias(self, site, added)
    class(probe_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: added
    type(tensor_t) :: bounded

    call fail(site%pass, self%place, self%way, "bias")
    bounded = site%key_position%clamp(ieee_value(1d0, ieee_negative_inf), 5d0)
    if (site%key_hidden%handle == 0) return
    added = matmul(site%query_hidden, site%key_hidden%permute([0, 2, 1]))
    added = added%unsqueeze(1)
  end subroutine

  subroutine value(self, site, added)
    class(probe_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: added

    call fail(site%pass, self%place, self%way, "value")
  end subroutine

  subroutine output(self, site, y)
    class(probe_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: y

    call fail(site%pass, self%place, self%way, "output")
  end subroutine

  subroutine infer(self, callback, inputs, outputs)
    class(product_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:)
    type(peb_view), intent(inout) :: outputs(:)

    call fail(callback, self%place, self%way, "infer")
    call describe_like(outputs(1), inputs(1))
  end subroutine

  subroutine forward(self, callback, inputs, outputs)
    class(product_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:), outputs(:)

    call fail(callback, self%place, self%way, "forward")
    call multiply(inputs(1), inputs(2), outputs(1))
  end subroutine

  subroutine backward(self, callback, inputs, outputs, output_gradients, input_gradients)
    class(product_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:), outputs(:), output_gradients(:), input_gradients(:)

    call fail(callback, self%place, self%way, "backward")
    if (wanted(input_gradients(1))) call multiply(output_gradients(1), inputs(2), input_gradients(1))
    if (wanted(input_gradients(2))) call multiply(output_gradients(1), inputs(1), input_gradients(2))
  end subroutine

  subroutine multiply(a, b, to)
    type(peb_view), intent(in) :: a, b, to
    real(real32), pointer, dimension(:) :: a_single, b_single, single
    real(real64), pointer, dimension(:) :: a_double, b_double, double

    if (is_single(a)) then
      call elements(a, a_single)
      call elements(b, b_single)
      call elements(to, single)
      single = a_single * b_single
    else
      call elements(a, a_double)
      call elements(b, b_double)
      call elements(to, double)
      double = a_double * b_double
    end if
  end subroutine

end module

function peb_plugin_v1(host) bind(C) result(plugin)
  use probe_fortran
  implicit none
  type(c_ptr), value :: host
  type(c_ptr) :: plugin

  call add_encoder(probe_t(), "probe_fortran", "1.0.0", "none", hooks="begin input rotate bias value output", &
                   flags=ior(PEB_NEED_HIDDEN, PEB_IS_CAUSAL), options=[ &
                   text_option("place", "nowhere", "the hook or callback that fails"), &
                   choice_option("way", "panic|unsupported|invalid|stop|stale", "how it fails"), &
                   integer_option("whole", 3, -5, 7, "unused"), &
                   logical_option("flag", .true., "unused"), &
                   file_option("file", "", "unused")])
  plugin = plugin_of(host)
end function
