;; Optimizer updates in one pass: each of these functions reads and writes its tensors once, sixteen elements at a time, where
;; a graph of element-wise nodes goes over them up to ten times. Pointers are byte offsets of f32 tensors; `count` is
;; their number of elements rounded up to a multiple of sixteen. Numbers below the smallest normal one become zero, as
;; they do in the compiled graph: processors are slow with them. What is not a number stays one, as it has to reach
;; the loss. Nothing is called in the loops: it would not be inlined.
;;
;; What stands between `repeat` and `end` stands for four copies of itself (`scripts/lib/wat.mjs`): `#` is a copy's
;; number, and `#16` that number times 16. One vector at a time takes half as long again.
(module
  (import "engine" "memory" (memory 1 65536))

  ;; p = p - g rate
  (func (export "sgd")
    (param $count i32) (param $p i32) (param $g i32) (param $rate f32)
    (local $end i32)
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      ;; repeat
      (v128.store offset=#16 (local.get $p) (f32x4.sub (v128.load offset=#16 (local.get $p))
        (f32x4.mul (v128.load offset=#16 (local.get $g)) (f32x4.splat (local.get $rate)))))
      ;; end
      (local.set $p (i32.add (local.get $p) (i32.const 64)))
      (local.set $g (i32.add (local.get $g) (i32.const 64)))
      (br $next))))

  ;; m = m factor + g; p = p - (m lead + g follow) rate: lead and follow are 1 and 0, or with Nesterov factor and 1
  (func (export "momentum")
    (param $count i32) (param $p i32) (param $g i32) (param $m i32)
    (param $factor f32) (param $lead f32) (param $follow f32) (param $rate f32)
    (local $end i32) (local $size v128) (local $normal v128)
    ;; repeat
    (local $gradient# v128) (local $moment# v128)
    ;; end
    (local.set $size (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      ;; repeat
      (local.set $gradient# (v128.load offset=#16 (local.get $g)))
      (local.set $moment# (f32x4.add
        (f32x4.mul (v128.load offset=#16 (local.get $m)) (f32x4.splat (local.get $factor)))
        (local.get $gradient#)))
      (local.set $moment# (v128.andnot (local.get $moment#)
        (f32x4.lt (v128.and (local.get $moment#) (local.get $size)) (local.get $normal))))
      (v128.store offset=#16 (local.get $m) (local.get $moment#))
      ;; end
      ;; repeat
      (v128.store offset=#16 (local.get $p) (f32x4.sub (v128.load offset=#16 (local.get $p))
        (f32x4.mul (f32x4.splat (local.get $rate))
          (f32x4.add (f32x4.mul (local.get $moment#) (f32x4.splat (local.get $lead)))
            (f32x4.mul (local.get $gradient#) (f32x4.splat (local.get $follow)))))))
      ;; end
      (local.set $p (i32.add (local.get $p) (i32.const 64)))
      (local.set $g (i32.add (local.get $g) (i32.const 64)))
      (local.set $m (i32.add (local.get $m) (i32.const 64)))
      (br $next))))

  ;; v = v decay + g g rest; m = m factor + g rate / sqrt(v + small); p = p - m
  (func (export "rmsprop")
    (param $count i32) (param $p i32) (param $g i32) (param $v i32) (param $m i32)
    (param $decay f32) (param $rest f32) (param $factor f32) (param $small f32) (param $rate f32)
    (local $end i32) (local $size v128) (local $normal v128) (local $root v128)
    ;; repeat
    (local $gradient# v128) (local $second# v128) (local $moment# v128)
    ;; end
    (local.set $size (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $root (f32x4.splat (f32.const 0x1p-63)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      ;; repeat
      (local.set $gradient# (v128.load offset=#16 (local.get $g)))
      (local.set $second# (v128.andnot (local.get $gradient#)
        (f32x4.lt (v128.and (local.get $gradient#) (local.get $size)) (local.get $root))))
      (local.set $second# (f32x4.add
        (f32x4.mul (v128.load offset=#16 (local.get $v)) (f32x4.splat (local.get $decay)))
        (f32x4.mul (f32x4.mul (local.get $second#) (local.get $second#)) (f32x4.splat (local.get $rest)))))
      (local.set $second# (v128.andnot (local.get $second#)
        (f32x4.lt (local.get $second#) (local.get $normal))))
      (v128.store offset=#16 (local.get $v) (local.get $second#))
      ;; end
      ;; repeat
      (local.set $moment# (f32x4.add
        (f32x4.mul (v128.load offset=#16 (local.get $m)) (f32x4.splat (local.get $factor)))
        (f32x4.div (f32x4.mul (local.get $gradient#) (f32x4.splat (local.get $rate)))
          (f32x4.sqrt (f32x4.add (local.get $second#) (f32x4.splat (local.get $small)))))))
      (local.set $moment# (v128.andnot (local.get $moment#)
        (f32x4.lt (v128.and (local.get $moment#) (local.get $size)) (local.get $normal))))
      (v128.store offset=#16 (local.get $m) (local.get $moment#))
      (v128.store offset=#16 (local.get $p)
        (f32x4.sub (v128.load offset=#16 (local.get $p)) (local.get $moment#)))
      ;; end
      (local.set $p (i32.add (local.get $p) (i32.const 64)))
      (local.set $g (i32.add (local.get $g) (i32.const 64)))
      (local.set $v (i32.add (local.get $v) (i32.const 64)))
      (local.set $m (i32.add (local.get $m) (i32.const 64)))
      (br $next))))

  ;; m = m beta1 + g; v = v beta2 + g g; p = p keep - m / (sqrt(v) + small) rate
  (func (export "adam")
    (param $count i32) (param $p i32) (param $g i32) (param $m i32) (param $v i32)
    (param $beta1 f32) (param $beta2 f32) (param $rate f32) (param $small f32) (param $keep f32)
    (local $end i32) (local $size v128) (local $normal v128) (local $root v128)
    ;; repeat
    (local $gradient# v128) (local $first# v128) (local $second# v128)
    ;; end
    (local.set $size (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $root (f32x4.splat (f32.const 0x1p-63)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      ;; repeat
      (local.set $gradient# (v128.load offset=#16 (local.get $g)))
      (local.set $first# (f32x4.add
        (f32x4.mul (v128.load offset=#16 (local.get $m)) (f32x4.splat (local.get $beta1)))
        (local.get $gradient#)))
      (local.set $first# (v128.andnot (local.get $first#)
        (f32x4.lt (v128.and (local.get $first#) (local.get $size)) (local.get $normal))))
      (v128.store offset=#16 (local.get $m) (local.get $first#))
      (local.set $second# (v128.andnot (local.get $gradient#)
        (f32x4.lt (v128.and (local.get $gradient#) (local.get $size)) (local.get $root))))
      (local.set $second# (f32x4.add
        (f32x4.mul (v128.load offset=#16 (local.get $v)) (f32x4.splat (local.get $beta2)))
        (f32x4.mul (local.get $second#) (local.get $second#))))
      (local.set $second# (v128.andnot (local.get $second#)
        (f32x4.lt (local.get $second#) (local.get $normal))))
      (v128.store offset=#16 (local.get $v) (local.get $second#))
      ;; end
      ;; repeat
      (v128.store offset=#16 (local.get $p) (f32x4.sub
        (f32x4.mul (v128.load offset=#16 (local.get $p)) (f32x4.splat (local.get $keep)))
        (f32x4.mul (f32x4.splat (local.get $rate)) (f32x4.div (local.get $first#)
          (f32x4.add (f32x4.sqrt (local.get $second#)) (f32x4.splat (local.get $small)))))))
      ;; end
      (local.set $p (i32.add (local.get $p) (i32.const 64)))
      (local.set $g (i32.add (local.get $g) (i32.const 64)))
      (local.set $m (i32.add (local.get $m) (i32.const 64)))
      (local.set $v (i32.add (local.get $v) (i32.const 64)))
      (br $next))))

  ;; Sums rows into those of a table of `count` elements, which is cleared first. Each of `indices` is a row of the
  ;; table, counted from its end where it is negative; `$repeat` of them take the same one of `rows`. Widths in bytes.
  (func (export "scatter")
    (param $count i32) (param $table i32) (param $width i32)
    (param $indices i32) (param $number i32) (param $rows i32) (param $repeat i32)
    (local $limit i32) (local $index i32) (local $left i32) (local $target i32) (local $end i32) (local $from i32)
    (memory.fill (local.get $table) (i32.const 0) (i32.shl (local.get $count) (i32.const 2)))
    (local.set $limit (i32.div_u (i32.shl (local.get $count) (i32.const 2)) (local.get $width)))
    (local.set $number (i32.add (local.get $indices) (i32.shl (local.get $number) (i32.const 2))))
    (local.set $left (local.get $repeat))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $indices) (local.get $number)))
      (local.set $index (i32.load (local.get $indices)))
      (if (i32.lt_s (local.get $index) (i32.const 0))
        (then (local.set $index (i32.add (local.get $index) (local.get $limit)))))
      (if (i32.ge_u (local.get $index) (local.get $limit)) (then (unreachable)))
      (local.set $target (i32.add (local.get $table) (i32.mul (local.get $index) (local.get $width))))
      (local.set $end (i32.add (local.get $target) (local.get $width)))
      (local.set $from (local.get $rows))
      (loop $row
        ;; repeat
        (v128.store offset=#16 (local.get $target) (f32x4.add
          (v128.load offset=#16 (local.get $target)) (v128.load offset=#16 (local.get $from))))
        ;; end
        (local.set $target (i32.add (local.get $target) (i32.const 64)))
        (local.set $from (i32.add (local.get $from) (i32.const 64)))
        (br_if $row (i32.lt_u (local.get $target) (local.get $end))))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (if (i32.eqz (local.get $left)) (then
        (local.set $left (local.get $repeat))
        (local.set $rows (local.get $from))))
      (local.set $indices (i32.add (local.get $indices) (i32.const 4)))
      (br $next)))))
