use super::check;

#[test]
fn programs_that_print_text_only_read() {
    check(
        r#"
        cat -n a.txt b.txt => cat; read a.txt; read b.txt
        cat -- -n => cat; read -n
        cat - => cat
        head -20 a => head; read a
        head -n 5 a => head; read a
        tail -fn20 a => tail; read a
        tail -n +5 a => tail; read a
        wc -l src/*.rs => wc; read src/*.rs
        cut -d: -f1 /etc/passwd => cut; read /etc/passwd
        tr -d 'a-z' => tr
        nl -ba a => nl; read a
        column -t -s , a.csv => column; read a.csv
        paste .env => paste; read .env
        diff -u a b => diff; read a; read b
        diff --to-file=.env a => diff; read .env; read a
        comm -12 a b => comm; read a; read b
        sha256sum -c sums => sha256sum; read sums
        base64 -w0 .env => base64; read .env
        od -An -tx1 a => od; read a
        xxd -l 16 a => xxd; read a
        xxd -l16 a => xxd; read a
        seq -w 1 10 => seq
        seq 5 -1 1 => seq
        echo -e rm -rf / => echo
        printf '%s\n' a => printf
        basename src/a.rs .rs => basename
        true --anything => true
        sort -t, -k2,2n -u a => sort; read a
        uniq -c a => uniq; read a
        fold -w 80 a => fold; read a
        "#,
    );
}

#[test]
fn options_and_operands_that_write_or_run_are_told() {
    check(
        r#"
        sort -o out a => sort; write out; read a
        sort a -oout => sort; write out; read a
        sort a --out out => sort; write out; read a
        sort --compress-program=./evil.sh -S 1b -T . big => sort; write .; read big; run+ ./evil.sh
        sort --compress-prog 'sh -c x' a => sort; read a; run+ sh -c x
        sort --c a => sort; read a; dynamic
        sort --files0-from=list => sort; read list; read $a_list_names_the_files_that_are_read
        sort *.txt => sort; read *.txt; dynamic
        sort -- *.txt => sort; read *.txt
        sort ./*.txt => sort; read ./*.txt
        sort $x => sort; read $x; dynamic
        sort "$x" => sort; read $x; dynamic
        uniq in out => uniq; read in; write out
        uniq *.txt => uniq; read *.txt; write *.txt
        xxd -r a b => xxd; read a; write b
        xxd a b => xxd; read a; write b
        split --filter='sh x' a => split; read a; script sh x
        split -b 1M a pre => split; read a; write pre
        tee -a out => tee; write out
        tree -L 2 src => tree; list src
        tree -o out => tree; write out
        file -C -m evil.magic => file; read evil.magic; write evil.magic; write .; !loads_code
        file a.bin => file; read a.bin
        cat --squeze a => cat; read a; dynamic
        cat --squeeze a => cat; read a
        cat $x => cat; read $x
        bat --pager 'sh -c x' a => bat; read a; run+ sh -c x
        iconv -o out a => iconv; write out; read a
        "#,
    );
}

#[test]
fn sed_is_read_as_far_as_it_writes_and_runs() {
    check(
        r#"
        sed -n '1,20p' a => sed; read a
        sed -n -e '/a/,/b/{s/x/y/g;p}' -e '$=' a => sed; read a
        sed 's/[/]/x/;s,a,b,2g' a => sed; read a
        sed ':a;N;$!ba;s/\n/ /g' a => sed; read a
        sed '1i\hello; w out' a => sed; read a
        sed '/^#/d; 0~3q5' a => sed; read a
        sed 'y/abc/xyz/;1~2d' => sed
        sed 's/a/w out/' a => sed; read a
        sed -n '1w PWNED' file.txt => sed; read file.txt; write PWNED
        sed 's/x/y/w out' a => sed; read a; write out
        sed 's/x/touch PWNED/e' a => sed; read a; input; !feeds_interpreter
        sed '1e touch PWNED' a => sed; read a; script touch PWNED
        sed -n 1p '-e1e touch x' => sed; read 1p; script touch x
        sed 'r .env' a => sed; read a; read .env
        sed -i 's/a/b/' AGENTS.md => sed; read AGENTS.md; write AGENTS.md
        sed -i.bak -e 's/a/b/' a b => sed; read a; read b; write a; write b
        sed -f script a => sed; read a; execute script; file script
        sed --in-p 's/a/b/' a => sed; read a; write a
        sed "$x" a => sed; read a; dynamic; dynamic
        sed 'k' a => sed; read a; dynamic
        sed --sandbox '1e touch x' a => sed; read a
        sed 's/a/b/;e' a => sed; read a; input; !feeds_interpreter
        sed '/[/]w out/p' a => sed; read a
        sed '{p;p};p' a => sed; read a
        sed -E 's|([a-z]+)/([0-9]+)|\2|' a => sed; read a
        sed '$!{$!N;P;D}' a => sed; read a
        "#,
    );
}

#[test]
fn awk_is_read_as_far_as_it_writes_and_runs() {
    check(
        r#"
        awk '{print $1}' a => awk; read a
        awk -F: '{print $1}' a x=1 => awk; read a
        awk '$3 > 5 {print $1, $2}' a => awk; read a
        awk '{ if ($1 > 2 || $2 < 3) print (a > b) }' a => awk; read a
        awk '{n = $1 / $2; print n / 2}' a => awk; read a
        awk 'NR>=10 && NR<=20' a => awk; read a
        awk '/a|b/ {c++} END {printf "%d\n", c}' a => awk; read a
        awk '{print > "out"}' a => awk; read a; write out
        awk '{print $1 >> "out.txt"}' a => awk; read a; write out.txt
        awk '{print > $1}' a => awk; read a; dynamic
        awk '{print > "a" $1}' a => awk; read a; dynamic
        awk '{print "x" > "/dev/stderr"}' a => awk; read a
        awk 'BEGIN{system("touch x")}' => awk; script touch x
        awk 'BEGIN{system("touch " x)}' => awk; !feeds_interpreter; dynamic
        awk 'BEGIN{"touch PWNED" | getline}' => awk; script touch PWNED; dynamic
        awk '{print | "sh"}' a => awk; read a; script sh; dynamic
        awk 'BEGIN{while ((getline line < ".env") > 0) print line}' => awk; read .env
        awk 'BEGIN{getline x < f}' => awk; dynamic
        awk 'BEGIN{print ENVIRON["SECRET"]}' => awk; !dumps_environment
        awk 'BEGIN{ARGV[1]=".env"}{print}' a => awk; read a; dynamic
        awk '@load "x"' => awk; !loads_code; dynamic
        awk -f prog.awk a => awk; execute prog.awk; read a; file prog.awk
        gawk -i inplace '{print}' a => gawk; write a; !loads_code
        gawk -o '{print}' a => gawk; write .; read a
        gawk -oout '{print}' a => gawk; write out; read a
        awk 'BEGIN{"/inet/tcp/0/h/80" |& getline}'
        => awk; script /inet/tcp/0/h/80; elsewhere; !fetches_data; !sends_data; dynamic
        awk '{print "a > b | c"}' a => awk; read a
        awk '{gsub(/[^a-z]/, ""); print length($0)}' a => awk; read a
        "#,
    );
}

#[test]
fn jq_and_yq_read_files_and_the_environment() {
    check(
        r#"
        jq . a.json => jq; read a.json
        jq -r '.env.name' a.json => jq; read a.json
        jq '.["env"]' a.json => jq; read a.json
        jq -n env => jq; !dumps_environment
        jq -n '$ENV.PATH' => jq; !dumps_environment
        jq --slurpfile x .env . a => jq; read .env; read a
        jq -n --arg a b --argjson c 1 '{a: $a}' => jq
        jq -n --args '$ARGS' a b => jq
        jq -f prog a => jq; read prog; read a; dynamic
        jq 'include "x"; f' a => jq; read a; !loads_code; dynamic
        yq -i '.a = 1' a.yaml => yq; write a.yaml; read a.yaml
        yq '.a' a.yaml => yq; read a.yaml
        yq eval '.a' a.yaml => yq; read a.yaml
        yq 'load(".env")' a => yq; read a; dynamic
        "#,
    );
}
