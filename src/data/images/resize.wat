;; Resizes an image of bytes, first down its columns, then along its rows, with the weights of coefficients.ts:
;; for each output place a record of `stride` bytes, which holds the first input place (i32), the number of
;; weights (i32) and the weights (f32). Output is f32, in the scale of the input.
(module
  (memory (export "memory") 1 32768)

  ;; `rows` output rows of `width` f32 from the bytes at `input` (`width` bytes to a row; read 16 at a time, so
  ;; the rows of `output` and the end of `input` need 15 elements of slack).
  (func (export "columns")
    (param $input i32) (param $width i32) (param $table i32) (param $stride i32) (param $rows i32) (param $output i32)
    (local $row i32) (local $at i32) (local $x i32) (local $tap i32) (local $taps i32) (local $from i32)
    (local $weight v128) (local $bytes v128) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (block $done (loop $nextRow
      (br_if $done (i32.ge_u (local.get $row) (local.get $rows)))
      (local.set $taps (i32.load offset=4 (local.get $table)))
      (local.set $x (i32.const 0))
      (block $rowDone (loop $nextX
        (br_if $rowDone (i32.ge_u (local.get $x) (local.get $width)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $tap (i32.const 0))
        (local.set $from (i32.add (local.get $input) (i32.add (local.get $x)
          (i32.mul (i32.load (local.get $table)) (local.get $width)))))
        (block $tapsDone (loop $nextTap
          (br_if $tapsDone (i32.ge_u (local.get $tap) (local.get $taps)))
          (local.set $weight (v128.load32_splat offset=8
            (i32.add (local.get $table) (i32.shl (local.get $tap) (i32.const 2)))))
          (local.set $bytes (v128.load (local.get $from)))
          (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
          (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $weight)
            (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (local.get $low))))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $weight)
            (f32x4.convert_i32x4_u (i32x4.extend_high_i16x8_u (local.get $low))))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $weight)
            (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (local.get $high))))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $weight)
            (f32x4.convert_i32x4_u (i32x4.extend_high_i16x8_u (local.get $high))))))
          (local.set $from (i32.add (local.get $from) (local.get $width)))
          (local.set $tap (i32.add (local.get $tap) (i32.const 1)))
          (br $nextTap)))
        (local.set $at (i32.add (local.get $output) (i32.shl (local.get $x) (i32.const 2))))
        (v128.store offset=0 (local.get $at) (local.get $a))
        (v128.store offset=16 (local.get $at) (local.get $b))
        (v128.store offset=32 (local.get $at) (local.get $c))
        (v128.store offset=48 (local.get $at) (local.get $d))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br $nextX)))
      (local.set $output (i32.add (local.get $output) (i32.shl (local.get $width) (i32.const 2))))
      (local.set $table (i32.add (local.get $table) (local.get $stride)))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br $nextRow))))

  ;; `pixels` output pixels for each of `rows` rows of `width` f32, of `channels` (at most 4) to a pixel; pixels
  ;; are read and written as four f32, so the end of `input` and of `output` need three of slack.
  (func (export "rows")
    (param $input i32) (param $width i32) (param $rows i32) (param $channels i32)
    (param $table i32) (param $stride i32) (param $pixels i32) (param $output i32)
    (local $pixel i32) (local $record i32) (local $tap i32) (local $taps i32) (local $from i32) (local $step i32)
    (local $sum v128)
    (local.set $step (i32.shl (local.get $channels) (i32.const 2)))
    (block $done (loop $nextRow
      (br_if $done (i32.eqz (local.get $rows)))
      (local.set $record (local.get $table))
      (local.set $pixel (i32.const 0))
      (block $rowDone (loop $nextPixel
        (br_if $rowDone (i32.ge_u (local.get $pixel) (local.get $pixels)))
        (local.set $taps (i32.load offset=4 (local.get $record)))
        (local.set $from (i32.add (local.get $input) (i32.mul (i32.load (local.get $record)) (local.get $step))))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $tap (i32.const 0))
        (block $tapsDone (loop $nextTap
          (br_if $tapsDone (i32.ge_u (local.get $tap) (local.get $taps)))
          (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load (local.get $from))
            (v128.load32_splat offset=8 (i32.add (local.get $record) (i32.shl (local.get $tap) (i32.const 2)))))))
          (local.set $from (i32.add (local.get $from) (local.get $step)))
          (local.set $tap (i32.add (local.get $tap) (i32.const 1)))
          (br $nextTap)))
        (v128.store (local.get $output) (local.get $sum))
        (local.set $output (i32.add (local.get $output) (local.get $step)))
        (local.set $record (i32.add (local.get $record) (local.get $stride)))
        (local.set $pixel (i32.add (local.get $pixel) (i32.const 1)))
        (br $nextPixel)))
      (local.set $input (i32.add (local.get $input) (i32.shl (local.get $width) (i32.const 2))))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br $nextRow)))))
